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

# Has all be drained, and shows what is said about it; where that takes longer than so many seconds, all are killed.
hob_end_house() { # SECONDS
    local until=$((SECONDS + $1)) quiet=0 pid said
    pid=$(hob_house_pid)
    exec 8</dev/null
    if [ -r "$house/log/up.log" ]; then
        exec 8<"$house/log/up.log"
        cat <&8 >/dev/null # from here on this descriptor has what is new
    fi
    if ! kill -TERM "$pid" 2>/dev/null && hob_is_up; then
        echo "The house $house is up as process $pid of $(stat -c %U "$house/up/lock"): who that is can end it, and root." >&2
        return 77
    fi
    kill -CONT "$pid" 2>/dev/null || true # whom Ctrl-Z has stopped would not hear of it
    until flock -w 1 "$house/up/lock" true; do
        said=$(cut -d' ' -f2- <&8)
        if [ -n "$said" ]; then
            printf '%s\n' "$said"
        elif [ $((quiet += 1)) = 10 ]; then
            echo "waiting for process $pid, which is killed in $((until - SECONDS)) s"
        fi
        if [ $SECONDS -ge $until ]; then
            kill -KILL "$pid" 2>/dev/null || true
            flock -w 10 "$house/up/lock" true || true
            echo "It did not end within $1 s and was killed, and all members with it." >&2
            return 1
        fi
    done
    cut -d' ' -f2- <&8
}
