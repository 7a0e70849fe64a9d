# shellcheck shell=bash
# The private house of the checkout: one at a time is up in it, and holds its lock.

house=${HOB_RUNTIME_DIR:-$PWD/target/house}

# Takes the lock, as descriptor 9, for as long as this process or what it becomes is there; or says who has it.
hob_take_house() {
    (umask 077 && mkdir -p "$house/up" "$house/log")
    if [ $((${#house} + 15)) -gt 107 ]; then
        echo "The path $house is too long for sockets in it, which have 107 bytes:" \
            "set HOB_RUNTIME_DIR to a shorter one, such as ${XDG_RUNTIME_DIR:-/tmp}/hob-$(id -un)." >&2
        return 71
    fi
    exec 9>>"$house/up/lock"
    if ! flock -n 9; then
        echo "The house $house is up already (process $(hob_house_pid)): 'scripts/dev again WORD' starts one member anew," \
            "'scripts/down' ends all." >&2
        return 75
    fi
}

hob_is_up() {
    [ -e "$house/up/lock" ] && ! flock -n "$house/up/lock" true
}

hob_house_pid() {
    cat "$house/up/pid" 2>/dev/null || echo "?"
}
