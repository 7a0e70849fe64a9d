# shellcheck shell=bash
# What 'scripts/dev bench start' measures where Hob is installed and systemd starts it: under the shipped limits, and in
# turns with that without a quota of the processor, which is most of the difference.

# shellcheck source=scripts/lib/dist.sh
. scripts/lib/dist.sh
# shellcheck source=scripts/lib/tree.sh
. scripts/lib/tree.sh

bench_box_ways=(shipped no_quota)
bench_boxes=()

bench_box() { # ROUNDS FIGURES
    local tree
    hob_build_all
    rm -rf target/bench/release
    hob_dist target/bench/release
    trap bench_box_clear EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    : >"$2"
    echo
    echo "$(nproc) CPUs, $(uname -sr), $("$(hob_jdk)/bin/java" -version 2>&1 | tail -1); load $(cut -d' ' -f1 /proc/loadavg)"
    for tree in / "$hob_trees"/trixie-*/; do
        case $tree in *.partial/) continue ;; esac
        [ -d "$tree" ] && bench_box_tree "$tree" "$1" "$2"
    done
    echo
    echo "The same figures as lines: $2"
}

bench_box_clear() {
    local box
    for box in "${bench_boxes[@]}"; do scripts/dev.d/box down "$box"; done
}

bench_box_tree() { # TREE ROUNDS FIGURES
    local box=bench-$$-${#bench_boxes[@]} raw=target/bench/start-box.raw system version
    bench_boxes+=("$box") # before it is there: whoever interrupts leaves none behind
    scripts/dev.d/box up "$box" --tree "$1" --bind-ro "$PWD/target/bench/release:/mnt/release" >/dev/null
    scripts/dev.d/box exec "$box" /mnt/release/bin/hob install-systemd >target/bench/install.log 2>&1 || {
        cat target/bench/install.log >&2
        return 1
    }
    system=$(scripts/dev.d/box sh "$box" "sed -n 's/^PRETTY_NAME=\"\(.*\)\"/\1/p' /etc/os-release")
    version=$(scripts/dev.d/box sh "$box" "systemctl --version" | sed -nE '1s/^systemd ([0-9]+).*/\1/p')
    scripts/dev.d/box sh "$box" "$(declare -f bench_inside bench_inside_way bench_inside_round bench_inside_until_ready)
        set -euo pipefail
        bench_inside $2 ${bench_box_ways[*]}" >"$raw"
    scripts/dev.d/box down "$box"
    echo
    echo "Started by systemd $version of $system, $2 times in turns, under the shipped limits and without CPUQuota="
    bench_box_tell "$raw"
    bench_box_figures "systemd$version" "$raw" >>"$3"
}

# Lines 'WHAT WAY VALUE UNIT', of which there is one for each round, as lines 'WHAT WAY UNIT MEDIAN P95 LEAST', in the
# order in which they came first.
bench_box_summed() { # FILE
    local what way unit
    awk '{ print $1, $2, $4 }' "$1" | awk '!seen[$0]++' | while read -r what way unit; do
        awk -v what="$what" -v way="$way" '$1 == what && $2 == way { print $3 }' "$1" | sort -n |
            awk -v head="$what $way $unit" '
                    { value[NR - 1] = $1 }
                END { print head, at(0.5), at(0.95), at(0) }
                function at(part) { return value[int(part * (NR - 1) + 0.5)] }'
    done
}

bench_box_tell() { # FILE
    bench_box_summed "$1" | awk -v columns="${bench_box_ways[*]}" '
        BEGIN {
            ways = split(columns, name, " ")
            printf "%-14s", ""
            for (i = 1; i <= ways; i++) printf "%30s", name[i]
            printf "\n%-14s", ""
            for (i = 1; i <= ways; i++) printf "%12s %8s %8s", "median", "p95", "least"
            print ""
        }
        !($1 in of) { of[$1] = $3; order[++count] = $1 }
        { cell[$1, $2] = sprintf("%12.1f %8.1f %8.1f", $4, $5, $6) }
        END {
            for (i = 1; i <= count; i++) {
                printf "%-14s", order[i] ", " of[order[i]]
                for (j = 1; j <= ways; j++) printf "%s", cell[order[i], name[j]]
                print ""
            }
        }'
}

bench_box_figures() { # NAME FILE
    bench_box_summed "$2" | awk -v name="$1" '{
        printf "%s_%s_%s %.2f %s\n", name, $1, $2, $4, $3
        printf "%s_%s_p95_%s %.2f %s\n", name, $1, $2, $5, $3
        printf "%s_%s_least_%s %.2f %s\n", name, $1, $2, $6, $3
    }'
}

# What follows runs inside, by itself. Where 'ping' is measured, the whole command is: from its start to its end.

# The first round only fills the kernel's caches.
bench_inside() { # ROUNDS WAY ...
    local rounds=$1 round way
    shift
    for ((round = 0; round <= rounds; round++)); do
        for way in "$@"; do
            bench_inside_way "$way"
            bench_inside_round "$way" | if [ "$round" = 0 ]; then cat >/dev/null; else cat; fi
        done
    done
}

bench_inside_way() { # WAY
    local folder=/run/systemd/system/hob-.service.d
    systemctl stop hob.target 'hob-*.service'
    rm -rf "$folder"
    if [ "$1" = no_quota ]; then
        mkdir -p "$folder"
        printf '[Service]\nCPUQuota=\n' >"$folder/99-bench.conf"
    fi
    systemctl daemon-reload
}

bench_inside_round() { # WAY
    local way=$1 units unit began pid pss=0
    systemctl start hob.target
    mapfile -t units < <(systemctl list-units --plain --no-legend 'hob-*.service' | awk '{ print $1 }')
    for unit in "${units[@]}"; do
        unit=${unit%.service}
        echo "${unit#hob-} $way $(bench_inside_until_ready "$unit")"
    done
    echo "family $way $(bench_inside_until_ready hob.target "${units[@]}")"
    began=${EPOCHREALTIME/[.,]/}
    /usr/local/bin/hob ping >/dev/null
    echo "ping $way $((${EPOCHREALTIME/[.,]/} - began))" | awk '{ print $1, $2, $3 / 1000, "ms" }'
    for unit in "${units[@]}"; do
        pid=$(systemctl show --value -p MainPID "$unit")
        pss=$((pss + $(awk '$1 == "Pss:" { print $2 }' "/proc/$pid/smaps_rollup")))
    done
    echo "pss $way $pss" | awk '{ print $1, $2, $3 / 1024, "MiB" }'
}

# From the first process that was started for any of them until all are active, by systemd's own clock.
bench_inside_until_ready() { # UNIT ...
    systemctl show -p ExecMainStartTimestampMonotonic -p ActiveEnterTimestampMonotonic "$@" | awk -F= '
        /^ExecMainStart/ && $2 > 0 && (!began || $2 < began) { began = $2 }
        /^ActiveEnter/ && $2 > ended                         { ended = $2 }
        END                                                  { print (ended - began) / 1000, "ms" }'
}
