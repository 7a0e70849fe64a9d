# shellcheck shell=bash
# What a script says about itself: the comment that it begins with.

# Where help is asked for, says it and ends.
hob_help() { # SCRIPT [ARGUMENT ...]
    case "${2-}" in
        -h | --help) sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$1" ;;
        *) return 0 ;;
    esac
    exit 0
}
