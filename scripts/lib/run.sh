# shellcheck shell=bash
# One way to run tests and tell how they went, for scripts/test and scripts/dev.

hob_clean_reports() {
    find . -path '*/target/surefire-reports/TEST-*.xml' -delete
}

# hob_tests GOAL [MAVEN ARGUMENTS]: runs Maven, shows what matters, and ends with the tally.
hob_tests() {
    local log=target/test.log red=0 interrupted='' parts
    local format=apply
    [ "${CI:-}" = true ] && format=check
    hob_can_build || return
    mkdir -p target
    hob_clean_reports
    rm -rf target/box # of another run; while tests go on nothing of it is taken away
    # Ctrl-C is for Maven; those who show what it said last do not hear it.
    trap 'interrupted=1' INT
    # Whoever starts this in the background has signals ignored, by nohup SIGHUP, by a script's '&' SIGINT; and so would all
    # that is tested, which reloads at the one and ends at the other.
    env --default-signal scripts/mvn --fail-at-end -Dhob.format=$format "$@" 2>&1 | tee --ignore-interrupts "$log" | hob_show || red=1
    trap - INT
    echo
    if [ -n "$interrupted" ]; then
        echo "Interrupted; of the test classes that had come to an end:"
        hob_count || true
        return 130
    fi
    parts=$(hob_parts "$log")
    [ -z "$parts" ] || printf 'How long each part took:\n%s\n\n' "$parts"
    hob_tally $red
}

# The last summary of a log, which may be long and may show the summaries of planted builds before it.
hob_parts() {
    awk '/^\[INFO\] Reactor Summary/ { n = 0 }
         /^\[INFO\] Hob/              { line[n++] = $0 }
         END                          { for (i = 0; i < n; i++) print line[i] }' "$1" |
        sed -nE 's/^\[INFO\] (Hob(.*[^. ])?) [. ]*(SUCCESS|FAILURE)[^[]*\[ *([^]]*)\]$/\4  \1/p'
}

# Of Maven's talk only what a person waits for: the parts as they begin, tests as they end, and everything that is wrong.
# What tests print themselves stays in the log, such as the stack traces of faults that were planted and found. But a
# line without a level that follows an error belongs to it.
hob_show() {
    trap '' INT
    sed -u -nE '
        s/\x1b\[0?m//g
        /^\[ERROR\] *$|\[Help 1\]|^\[ERROR\] (To see the full|Re-run Maven|For more information|After correcting|  mvn <args>)/d
        /^\[INFO\]/            { x; s/.*//; x; }
        /^\[(WARNING|ERROR)\]/ { x; s/.*/wrong/; x; }
        /^\[INFO\] (Building |Running |Tests run:.*in )|^\[(WARNING|ERROR)\]|^figure: /p
        /^[^[]/                { /^figure: /d; x; /wrong/ { x; p; x; }; x; }' | hob_show_life
}

hob_quiet_seconds=30

# Shows which tests run, where they say nothing for long: some do side by side.
hob_show_life() {
    local line='' part status tests
    local -A since=()
    while true; do
        status=0
        IFS= read -r -t "$hob_quiet_seconds" part || status=$?
        line+=$part
        if [ "$status" -gt 128 ]; then
            for tests in "${!since[@]}"; do echo "       ... $tests, for $((SECONDS - since[$tests])) s"; done
            continue
        fi
        case $line in
            '[INFO] Running '*) since[${line##* }]=$SECONDS ;;
            '['*'] Tests run:'*) unset "since[${line##* }]" ;&
            ?*) printf '%s\n' "$line" ;;
        esac
        [ "$status" = 0 ] || break
        line=''
    done
}

hob_tally() {
    if [ "$1" = 1 ] && ! grep -qE 'There (are|were) test failures|^\[ERROR\] Tests run:.*(Failures|Errors): [1-9]' target/test.log; then
        echo "The build itself is red; what is wrong stands above, and all of it in target/test.log." >&2
        echo "0 passed, 1 failed, 0 skipped"
        return 1
    fi
    echo "The slowest tests:"
    hob_count || return 1
    return "$1"
}

# From its source: an interrupted build may not have come so far as to compile it.
hob_count() {
    local java
    java=$(hob_jdk)/bin/java
    "$java" -XX:TieredStopAtLevel=1 daemons/house-tests/src/main/java/hob/house/Tally.java . "${CI:-}"
}

# shellcheck source=scripts/lib/jdk.sh
. scripts/lib/jdk.sh
