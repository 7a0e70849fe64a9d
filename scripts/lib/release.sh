# shellcheck shell=bash
# Builds what runs from the checkout, and lays it aside as a release: a folder in target/releases whose name is a hash
# over all that goes into it, and which never changes. So a build touches nobody who runs, and an ahead-of-time cache,
# which does not look whether a jar is still the one it was made of, can be of no other jars than those beside it.

# shellcheck source=scripts/lib/jdk.sh
. scripts/lib/jdk.sh
# shellcheck source=scripts/lib/java.sh
. scripts/lib/java.sh

hob_releases_kept=3

# The modules that are programs.
hob_programs() {
    local folder
    for folder in daemons/*/src/main/java; do
        folder=${folder#daemons/}
        [ "${folder%%/*}" = house-tests ] || printf '%s\n' "${folder%%/*}"
    done
}

# Those of them that are members: they live in the house. The command and the house itself do not.
hob_members() {
    hob_programs | grep -vxE 'hob|up'
}

# Says who there is, unless that is one of them.
hob_check_member() { # WORD
    local members
    members=$(hob_members)
    if [ -n "$1" ]; then
        ! grep -qxF -- "$1" <<<"$members" || return 0
        printf '%s' "'$1' is no member here. " >&2
    fi
    echo "Say which member: ${members//$'\n'/, }" >&2
    return 64
}

# All programs, unless nothing has changed since.
hob_build_all() {
    local words
    hob_is_built && return
    mapfile -t words < <(hob_programs)
    mkdir -p target
    hob_drop_stale
    touch target/built.new
    hob_build "${words[@]}"
    mv target/built.new target/built
}

# What has a source no more: Maven would go on packing it, and a step of a database of another branch would be taken.
hob_drop_stale() {
    local module file
    for module in ipc-core daemons/*; do
        [ -d "$module/target/classes" ] || continue
        while IFS= read -r file; do
            [ -e "$module/src/main/resources/$file" ] && continue
            rm -rf "$module/target/classes" "$module/target"/*.jar
            break
        done < <(cd "$module/target/classes" && find . -type f ! -name '*.class')
    done
}

hob_build() { # WORD ...
    local projects began=$SECONDS
    hob_can_build # or its sentence would be lost in the log
    mkdir -p target
    projects=$(printf 'daemons/%s,' "$@")
    echo "building (all that Maven says: target/build.log)"
    # Whoever formats is 'scripts/test'; here only what runs is wanted.
    if ! scripts/mvn package -DskipTests -Dspotless.apply.skip -Dlicense.skipAddThirdParty \
        --projects "${projects%,}" --also-make 2>&1 | tee target/build.log |
        sed -u -nE 's/\x1b\[[0-9;]*m//g; s/^\[INFO\] Building Hob: (.*) [^ ]+ +\[[0-9/]+\]$/  \1/p'; then
        grep -E '^\[(WARNING|ERROR)\]|^ ' target/build.log | sed '/^\[ERROR\] -> \[Help 1\]/,$d' | tail -n 30 >&2 || true
        echo "The build is red; all of it stands in target/build.log." >&2
        return 1
    fi
    echo "built in $((SECONDS - began)) s"
}

hob_is_built() {
    local word
    [ -e target/built ] || return 1
    for word in $(hob_programs); do
        [ -e "daemons/$word/target/classpath" ] && hob_jar "$word" >/dev/null || return 1
    done
    [ -z "$(find pom.xml ipc-core/pom.xml ipc-core/src/main daemons/pom.xml daemons/*/pom.xml daemons/*/src/main \
        -newer target/built -print -quit)" ]
}

# The newest one: an older version's may lie beside it. Its name need not be the folder's.
hob_jar() { # WORD
    local jar newest=
    for jar in "daemons/$1/target"/*-[0-9]*.jar; do
        case $jar in *-tests.jar | *-sources.jar) continue ;; esac
        if [ -e "$jar" ] && { [ -z "$newest" ] || [ "$jar" -nt "$newest" ]; }; then newest=$jar; fi
    done
    [ -n "$newest" ] && printf '%s\n' "$newest"
}

# Lays aside what is built, and has target/release lead there. One class path for all programs.
hob_release() {
    local new=target/releases/.new.$$ name jdk word
    jdk=$(hob_jdk)
    mkdir -p target/releases
    rm -rf "$new"
    mkdir "$new"
    local -A seen=()
    local own=() libraries=() entry entries
    for word in $(hob_programs); do
        own+=("$PWD/$(hob_jar "$word")")
        IFS=: read -ra entries <<<"$(<"daemons/$word/target/classpath")"
        for entry in "${entries[@]}"; do
            [ -z "${seen[$entry]:-}" ] || continue
            seen[$entry]=1
            case $entry in
                "$PWD"/*) own+=("$entry") ;; # the next build writes over it: what runs has a copy
                *) libraries+=("$entry") ;;
            esac
        done
    done
    cp -p -- "${own[@]}" "$new"
    cp units/jvm.options "$new"
    name=$(
        {
            printf '%s\n' "$PWD"
            (cd "$new" && b2sum -- *)
            b2sum -- "${libraries[@]}"
            stat -c '%n %s %Y' -- "${libraries[@]}" "$jdk/lib/server/libjvm.so" "$jdk/lib/modules"
            cat "$jdk/release"
        } | b2sum | cut -c1-16
    )
    hob_lay_aside "$new" "target/releases/$name" "$jdk" "${libraries[@]}"
    ln -sfn "releases/$name" "target/release.$$"
    mv -T "target/release.$$" target/release
    hob_remove_old_releases
}

# Whether it was laid aside since it was last built, and its JDK is there. The link is looked at and not the folder,
# into which the cache comes later. A jar that somebody wrote into is seen by 'hob_release' alone.
hob_is_released() {
    [ -n "$(find target/release -newer target/built -print 2>/dev/null)" ] &&
        [ -x "$(head -n 1 target/release/java 2>/dev/null)" ]
}

# What lies there already must be what its name says; if someone wrote into it, it is made anew, and its cache goes.
hob_lay_aside() { # NEW FOLDER JDK LIBRARY ...
    local new=$1 folder=$2 jdk=$3 file class_path=
    shift 3
    for file in "$new"/*.jar; do class_path+=$PWD/$folder/${file##*/}:; done
    class_path+=$(IFS=: && printf '%s' "$*")
    printf '%s\n' "$class_path" >"$new/classpath"
    folder=$PWD/$folder
    # The last word is for when the cache is made: without the file, the JVM would say an error about it.
    printf '%s\n' "$jdk/bin/java" "@$folder/jvm.options" "@$folder/native.options" -cp "$class_path" \
        "-XX:AOTCache=$folder/hob.aot" >"$new/java"
    for file in "$new"/*; do
        if ! cmp -s "$file" "$folder/${file##*/}"; then
            rm -rf "$folder"
            hob_unpack_natives "$new" "$folder" "$jdk" "$@"
            mv -T "$new" "$folder"
            return
        fi
    done
    rm -rf "$new"
    touch "$folder"
}

# Otherwise each start unpacks them to a temporary folder, and a killed JVM leaves them there. Where there are none for
# this machine, such as without glibc, that is what happens.
hob_unpack_natives() { # NEW FOLDER JDK LIBRARY ...
    local new=$1 folder=$2 jdk=$3 jar machine junix file
    shift 3
    machine=$(uname -m)
    junix=${machine/x86_64/amd64}-Linux-clang
    : >"$new/native.options"
    getconf GNU_LIBC_VERSION >/dev/null 2>&1 || return 0
    for jar in "$@"; do
        case $jar in
            */sqlite-jdbc-*) (cd "$new" && "$jdk/bin/jar" xf "$jar" "org/sqlite/native/Linux/$machine") ;;
            */junixsocket-native-common-*) (cd "$new" && "$jdk/bin/jar" xf "$jar" "lib/$junix") ;;
        esac
    done
    for file in "$new/org/sqlite/native/Linux/$machine"/*.so; do
        [ ! -e "$file" ] || printf -- '-Dorg.sqlite.lib.path="%s"\n-Dorg.sqlite.lib.name=%s\n' \
            "$folder/org/sqlite/native/Linux/$machine" "${file##*/}"
    done >>"$new/native.options"
    for file in "$new/lib/$junix"/*/*[0-9].so; do # and not that for other C libraries
        [ ! -e "$file" ] || printf -- '-Dorg.newsclub.net.unix.library.override="%s"\n' "$folder${file#"$new"}"
    done >>"$new/native.options"
}

# Only where nobody runs: a member that was not started again lately is at home in an old one.
hob_remove_old_releases() {
    local folder
    find target/releases -mindepth 1 -maxdepth 1 -type d -printf '%T@ %p\n' | sort -rn | tail -n +$((hob_releases_kept + 1)) |
        while read -r _ folder; do hob_runs_from "$PWD/$folder" || rm -rf "$folder"; done
}

# By the words with which each process was started. What is looked for comes by a file: it must not find itself.
hob_runs_from() { # FOLDER
    grep -qsaF -f /dev/stdin -- /proc/[0-9]*/cmdline <<<"$1/"
}
