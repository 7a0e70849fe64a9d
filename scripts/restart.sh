#!/usr/bin/env bash
# Starts members of the installed house anew, one after the other, who is asked before who asks, each waited for until
# it answers. Callers do not notice: they wait at the doors, which systemd keeps meanwhile.
#
#   restart.sh all                 everyone who is installed, also who was stopped or has failed
#   restart.sh WORD ...            these, such as 'memory'
#   restart.sh all --cold          ends all of them first, who asks before who is asked, and then starts them level by
#                                  level: their doors are closed meanwhile, and callers are told
#   restart.sh --user ...          those of your own systemd, also where the machine has a house
#
# Says how long each took. Whoever does not come back is named, with the reason, the others are started all the same,
# and it ends with 1; with 64 for wrong words, 69 where nobody is installed, 77 where it may not.
#
# As root for the house of the machine; with --user, or without /run/hob, for that of your own systemd. Ended early by
# a signal while some are stopped, it says what starts them.
set -euo pipefail

# Each line may ask those above it.
levels=(
    "llm-proxy memory runner"
    "rag"
    "agent"
    "matrix"
)

main() {
    local scope=() house='' installed=() chosen=() wrong=0 unended='' began
    read_words "$@"
    find_house
    choose
    trap '' PIPE # whoever reads along may leave
    began=${EPOCHREALTIME/[.,]/}
    if [ -n "$cold" ]; then
        trap '' HUP
        trap break_off INT TERM
        end_all
        start_by_levels
    else
        restart_each
    fi
    say "all: $((${#chosen[@]} - wrong)) of ${#chosen[@]} answer after $(seconds_since "$began")"
    [ "$wrong" = 0 ] && [ -z "$unended" ]
}

read_words() { # ARGUMENT ...
    local word
    cold='' words=()
    for word in "$@"; do
        case $word in
            -h | --help) sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0" && exit ;;
            --cold) cold=1 ;;
            --user) scope=(--user) ;;
            -*) end 64 "There is no option '$word'; these are: --cold --user --help" ;;
            *) words+=("$word") ;;
        esac
    done
    [ ${#words[@]} -gt 0 ] || end 64 "Say who: 'restart.sh all', or of ${levels[*]} those that you mean."
    for word in "${words[@]}"; do
        # shellcheck disable=SC2046 # they are words
        [ "$word" = all ] || is_one_of "$word" $(in_order) || end 64 "'$word' is no member; these are: ${levels[*]}"
    done
}

in_order() {
    printf '%s\n' "${levels[@]}" | tr ' ' '\n'
}

# Whose systemd it is that knows them.
find_house() {
    [ -d /run/systemd/system ] || end 69 "There is no systemd here; 'scripts/dev again WORD' is for a checkout's house."
    local may="Only root may: 'sudo $0 ${words[*]}${cold:+ --cold}'." own=${XDG_RUNTIME_DIR:-/run/user/$UID}
    house=/run/hob
    if [ ${#scope[@]} -eq 0 ]; then
        [ ! -d "$house" ] || [ "$UID" = 0 ] || end 77 "$may"
        mapfile -t installed < <(known)
        if [ ! -d "$house" ] && [ ${#installed[@]} -eq 0 ] && [ -d "$own" ]; then
            scope=(--user)
        fi
    fi
    if [ ${#scope[@]} -gt 0 ]; then
        export XDG_RUNTIME_DIR=$own
        house=$own/hob
        mapfile -t installed < <(known)
    fi
    [ ${#installed[@]} -gt 0 ] || end 69 "Nobody is installed: ${scope[*]:+your }systemd knows no hob-WORD.service."
    [ ${#scope[@]} -gt 0 ] || [ "$UID" = 0 ] || end 77 "$may"
}

# One whose unit is wrong is known: that it does not start has to be said.
known() {
    local word
    for word in $(in_order); do
        case $(show LoadState "$word" 2>/dev/null) in
            '' | not-found | masked) ;;
            *) printf '%s\n' "$word" ;;
        esac
    done
}

choose() {
    local word
    if is_one_of all "${words[@]}"; then
        chosen=("${installed[@]}")
        return
    fi
    for word in "${words[@]}"; do
        is_one_of "$word" "${installed[@]}" || end 69 "$word is not installed; these are: ${installed[*]}"
    done
    for word in "${installed[@]}"; do
        ! is_one_of "$word" "${words[@]}" || chosen+=("$word")
    done
}

is_one_of() { # WORD OTHER ...
    local word=$1 other
    shift
    for other in "$@"; do
        [ "$word" != "$other" ] || return 0
    done
    return 1
}

restart_each() {
    local word
    for word in "${chosen[@]}"; do
        bring restart "$word" || wrong=$((wrong + 1))
    done
}

end_all() {
    local i began word told
    for ((i = ${#chosen[@]} - 1; i >= 0; i--)); do
        began=${EPOCHREALTIME/[.,]/} word=${chosen[i]}
        if told=$(control stop "$word"); then
            say "$word: ended after $(seconds_since "$began")"
        else # whoever hangs was killed: it is systemd that did not do it
            say "$word: did not end: $(reason "$told")"
            unended=1
        fi
    done
}

# Those of a level do not wait for each other.
start_by_levels() {
    local level word job starting
    for level in "${levels[@]}"; do
        starting=()
        for word in $level; do
            is_one_of "$word" "${chosen[@]}" || continue
            bring start "$word" &
            starting+=($!)
        done
        for job in "${starting[@]}"; do
            wait "$job" || wrong=$((wrong + 1))
        done
    done
}

# systemd goes on with whom it was told of; nobody is started who was not yet.
break_off() {
    say "broken off: who was stopped is started by 'systemctl ${scope[*]:+${scope[*]} }start hob.target'"
    exit 130
}

# Until it answers; or says why it does not.
bring() { # restart|start WORD
    local began=${EPOCHREALTIME/[.,]/} told
    control reset-failed "$2" >/dev/null || true # who has failed too often would not be started
    if ! told=$(control "$1" "$2"); then
        say "$2: did not start, after $(seconds_since "$began"): $(why "$2" "$told" "$began")"
        return 1
    fi
    [[ $told != Warning:* ]] || say "$2: ${told%%$'\n'*}" # its unit was changed, and systemd has not read it
    if ! told=$(health "$2"); then
        say "$2: started, but ${told:-cannot be asked}, after $(seconds_since "$began"): 'hob status' says more"
        return 1
    fi
    say "$2: answers after $(seconds_since "$began")"
}

control() { # VERB WORD
    systemctl "${scope[@]}" "$1" "hob-$2.service" 2>&1
}

show() { # PROPERTY WORD
    systemctl "${scope[@]}" show --value -p "$1" "hob-$2.service"
}

# A warning does not keep systemd from anything.
reason() { # WHAT-SYSTEMCTL-SAID
    local line
    while IFS= read -r line; do
        [[ $line == Warning:* ]] || { printf '%s' "$line" && return; }
    done <<<"$1"
}

# What it said of itself to systemd, or else in its last line to the journal; or what systemd has against it.
why() { # WORD WHAT-SYSTEMCTL-SAID SINCE
    local result status text journal="journalctl ${scope[*]} -u hob-$1 -n 20"
    result=$(show Result "$1") status=$(show ExecMainStatus "$1") text=$(show StatusText "$1")
    if [ -z "$text" ] || [ "$result" = success ]; then # by now it may be on its way again
        text=$(last_line "$1" "$3" -p err)
        [ -n "$text" ] || text=$(last_line "$1" "$3")
    fi
    if [ -z "$text" ]; then
        text=$(reason "$2")
        [[ $text != Job* ]] || text=''
    fi
    [ "$result" = success ] || text="it ended ($result, status $status)${text:+: }$text"
    printf '%s' "${text:-systemd does not say}; '${journal//  / }' has its last words"
}

# By the unit, which the journal knows: anyone can write under its name.
last_line() { # WORD SINCE OPTION ...
    local unit=("_SYSTEMD_UNIT=hob-$1.service")
    [ ${#scope[@]} -eq 0 ] || unit=("_SYSTEMD_USER_UNIT=hob-$1.service" "_UID=$UID")
    journalctl --sync 2>/dev/null || true
    journalctl -q -o cat -n 1 -t "hob-$1" --since "@${2%??????}" "${@:3}" "${unit[@]}" 2>/dev/null || true
}

# Nothing said is well. The daemon writes 'type' first in a frame, and 'ok' first in its report.
health() { # WORD
    local owner=hob-$1
    [ ${#scope[@]} -eq 0 ] || owner=$UID
    perl -MSocket - "$house/$1/sock" "$owner" <<'PERL'
use strict;
use warnings;

# What a member allows itself for the answer.
my $seconds = 10;
my $frame_most = 1 << 20; # docs/WIRE.md

sub ends { print join("", @_) =~ s/\\(["\\\/])/$1/gr; exit 1 }
sub user { (getpwuid($_[0]) // "nobody known") . " (uid $_[0])" }
$SIG{ALRM} = sub { ends("does not answer within $seconds s") };
$SIG{PIPE} = "IGNORE";
alarm $seconds;
my $door;
socket($door, PF_UNIX, SOCK_STREAM, 0) && connect($door, pack_sockaddr_un($ARGV[0]))
    or ends("nobody listens at $ARGV[0] ($!)");
my $owner = $ARGV[1] =~ /^\d+$/ ? $ARGV[1] : getpwnam($ARGV[1]) // ends("there is no user $ARGV[1]");
my (undef, $uid) = unpack "iI", getsockopt($door, SOL_SOCKET, SO_PEERCRED) || ends("cannot be asked ($!)");
$uid == $owner or ends("behind $ARGV[0] is ", user($uid), ", and not ", user($owner));
syswrite($door, pack "N/a*", '{"type":"health"}');
my $got = "";
while (length $got < 4 || length $got < 4 + unpack "N", $got) {
    length $got < 4 || unpack("N", $got) <= $frame_most or ends("answers with too much");
    sysread($door, $got, 65536, length $got) or ends("does not answer (it hung up)");
}
exit 0 if $got =~ /^....\{"type":"health_report","ok":true,/s;
my $text = qr/"((?:[^"\\]++|\\.)*+)"/;
ends("is ill: $1: $2") if $got =~ /"name":$text,"ok":false,"wrong":$text/;
ends("answers with an error: $1: $2") if $got =~ /^....\{"type":"error","code":$text,"error":$text/s;
ends("answers with what is no health report");
PERL
}

seconds_since() { # MICROSECONDS
    local took=$((${EPOCHREALTIME/[.,]/} - $1))
    printf '%d.%02d s' $((took / 1000000)) $((took / 10000 % 100))
}

# What others said may hold anything, and goes to a terminal; nobody may be listening any more.
say() { # LINE
    local LC_ALL=C line=$1
    line=${line//$'\xc2'[$'\x80'-$'\x9f']/ }
    line=${line//[[:cntrl:]]/ }
    printf '%s\n' "$line" 2>/dev/null || true
}

end() { # EXIT SENTENCE
    printf '%s\n' "$2" >&2
    exit "$1"
}

main "$@"
