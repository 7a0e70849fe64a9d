# shellcheck shell=bash
# One way to run tests and tell how they went, for scripts/test and scripts/dev.

hob_clean_reports() {
    find . -path '*/target/surefire-reports/TEST-*.xml' -delete
}

# hob_tests GOAL [MAVEN ARGUMENTS]: runs Maven, shows what matters, and ends with the tally.
hob_tests() {
    local log=target/test.log red=0
    local format=apply
    [ "${CI:-}" = true ] && format=check
    mkdir -p target
    hob_clean_reports
    scripts/mvn --fail-at-end -Dhob.format=$format "$@" 2>&1 | tee "$log" | hob_show || red=1
    echo
    echo "How long each part took:"
    hob_parts "$log"
    echo
    echo "The slowest tests:"
    hob_tally $red
}

# The last summary of a log, which may be long and may show the summaries of planted builds before it.
hob_parts() {
    awk '/^\[INFO\] Reactor Summary/ { n = 0 }
         /^\[INFO\] Hob/              { line[n++] = $0 }
         END                          { for (i = 0; i < n; i++) print line[i] }' "$1" |
        sed -nE 's/^\[INFO\] (Hob.*) \.+ (SUCCESS|FAILURE)[^[]*\[ *([^]]*)\]$/\3  \1/p'
}

# Of Maven's talk only what a person waits for: the parts as they begin, tests as they end, and everything that is wrong.
hob_show() {
    sed -u -nE '
        s/\x1b\[0?m//g
        /^\[ERROR\] *$|\[Help 1\]|^\[ERROR\] (To see the full|Re-run Maven|For more information|After correcting|  mvn <args>)/d
        /^\[INFO\] (Building |Tests run:.*in )|^\[(WARNING|ERROR)\]|^figure: |^[^[]/p'
}

hob_tally() {
    local classes=daemons/house-tests/target/classes java
    java=$(hob_jdk)/bin/java
    if [ "$1" = 1 ] && ! grep -qE 'There (are|were) test failures' target/test.log; then
        echo "The build itself is red; what is wrong stands above, and all of it in target/test.log." >&2
        echo "0 passed, 1 failed, 0 skipped"
        return 1
    fi
    "$java" -XX:TieredStopAtLevel=1 -cp "$classes" hob.house.Tally . "${CI:-}" || return 1
    return "$1"
}

# shellcheck source=scripts/lib/jdk.sh
. scripts/lib/jdk.sh
