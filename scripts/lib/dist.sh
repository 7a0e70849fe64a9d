# shellcheck shell=bash
# Makes the folder that is installed: a runtime of its own, all jars, the native libraries unpacked, the units. It names
# no place outside itself and none by its full path, so that it can lie anywhere: whoever runs it stands in it.

# shellcheck source=scripts/lib/release.sh
. scripts/lib/release.sh

hob_version() {
    sed -nE 's/^  <version>(.*)<\/version>$/\1/p' pom.xml | head -n 1
}

# Of what was built, into FOLDER, which must not be there.
hob_dist() { # FOLDER
    local new jdk jar
    new=$(realpath -m "$1").new.$$
    jdk=$(hob_jdk)
    rm -rf "$new"
    mkdir -p "$new/lib" "$new/native"
    while read -r jar; do cp -- "$jar" "$new/lib/"; done < <(hob_installed_jars)
    hob_dist_runtime "$new" "$jdk"
    hob_dist_natives "$new" "$jdk"
    hob_dist_options "$new" "$jdk"
    cp -r units "$new/units"
    mkdir "$new/bin"
    cp units/jvm.options "$new/jvm.options"
    install -m 755 scripts/lib/hob-installed "$new/bin/hob"
    hob_same_times "$new"
    hob_dist_cache "$new"
    mv -T "$new" "$1"
}

# Those of all programs but the house of the checkout.
hob_installed_jars() {
    local word
    for word in $(hob_programs | grep -vx up); do
        printf '%s\n' "$(hob_jar "$word")"
        tr ':' '\n' <"daemons/$word/target/classpath"
        echo
    done | awk -F/ 'NF && !seen[$NF]++'
}

# Only what the jars need: a third of a JDK.
hob_dist_runtime() { # FOLDER JDK
    local modules
    modules=$("$2/bin/jdeps" --print-module-deps --ignore-missing-deps --multi-release 25 "$1"/lib/*.jar)
    "$2/bin/jlink" --add-modules "$modules" --output "$1/runtime" \
        --strip-debug --no-header-files --no-man-pages --compress zip-0
}

# A temporary folder may be mounted noexec, and a killed JVM would leave there what it unpacked.
hob_dist_natives() { # FOLDER JDK
    local machine jar
    machine=$(uname -m)
    mkdir "$1/unpacked"
    for jar in "$1"/lib/*.jar; do
        (cd "$1/unpacked" && "$2/bin/jar" xf "$jar" \
            "lib/${machine/x86_64/amd64}-Linux-clang/jni" "org/sqlite/native/Linux/$machine")
    done
    find "$1/unpacked" -name '*.so' ! -name '*.nodeps.so' -exec mv -t "$1/native" {} +
    rm -r "$1/unpacked"
}

# One class path for all, in one order, since an ahead-of-time cache belongs to it; and in a jar, which finds the others
# beside itself.
hob_dist_options() { # FOLDER JDK
    {
        printf 'Class-Path:'
        (cd "$1/lib" && printf ' %s\n ' *.jar) # a line has 72 bytes at most, and is continued after a blank
        echo
    } >"$1/manifest"
    "$2/bin/jar" --create --file "$1/lib/hob.jar" --manifest "$1/manifest" --date="$(date -u -d "@$(hob_moment)" +%FT%TZ)"
    rm "$1/manifest"
    {
        cat units/jvm.options
        echo
        echo "# Seen from the folder of the release, in which every daemon stands."
        echo "-cp lib/hob.jar"
        echo "-Djava.library.path=native"
        echo "-Dorg.sqlite.lib.path=native"
        echo "-Dorg.sqlite.lib.name=libsqlitejdbc.so"
        echo
        echo "# What a start need not do again. Without it, or with one of other jars, the start is slower, and no other."
        echo "-XX:AOTCache=hob.aot"
        echo "-Xlog:aot=off"
    } >"$1/java.options"
}

# A member opens all it has and answers each of its queries; what that loaded need not be loaded again.
hob_dist_cache() { # FOLDER
    (
        cd "$1"
        grep -vE 'AOTCache|Xlog:aot' java.options >training.options
        runtime/bin/java @training.options -XX:AOTMode=record -XX:AOTConfiguration=record hob.memory.Main --rehearse
        runtime/bin/java @training.options -XX:AOTMode=create -XX:AOTConfiguration=record -XX:AOTCache=hob.aot
        rm training.options record
    ) >"$1.cache" 2>&1 || {
        cat "$1.cache" >&2
        echo "There is no ahead-of-time cache, so that starts are slower." >&2
    }
    rm "$1.cache"
}

hob_moment() {
    git log -1 --format=%ct
}

# What was made of the same sources is the same to the last byte, and a cache knows its jars by their times too.
hob_same_times() { # FOLDER
    find "$1" -exec touch --no-dereference --date="@$(hob_moment)" {} +
}
