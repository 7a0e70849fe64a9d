# shellcheck shell=bash
# Makes the folder that is installed: a runtime of its own, all jars, the native libraries unpacked, the units. It names
# no place outside itself and none by its full path, so that it can lie anywhere: whoever runs it stands in it.

# shellcheck source=scripts/lib/release.sh
. scripts/lib/release.sh

hob_version() {
    sed -nE 's/^  <version>(.*)<\/version>$/\1/p' pom.xml | head -n 1
}

# Of what was built, into FOLDER, which must not be there. Its ahead-of-time cache comes later: 'hob_dist_cache'.
hob_dist() { # FOLDER
    local new jdk jar
    local -x LC_ALL=C # in which order files come, wherever this is done
    new=$(realpath -m "$1").new.$$
    jdk=$(hob_jdk)
    rm -rf "$new"
    mkdir -p "$new/lib" "$new/native" "$new/bin"
    while read -r jar; do hob_dist_jar "$new" "$jdk" "$jar"; done < <(hob_installed_jars)
    hob_dist_runtime "$new" "$jdk"
    hob_dist_natives "$new" "$jdk"
    hob_dist_options "$new" "$jdk"
    cp -r units etc "$new"
    mv "$new/units/jvm.options" "$new"
    hob_dist_programs "$new"
    hob_dist_share "$new"
    hob_dist_name "$new"
    hob_dist_alike "$new"
    rm -rf "$1"
    mv -T "$new" "$1"
}

# The same, unless it is there already: made since what goes into it was built and written, with the same JDK, and what its
# name says.
hob_dist_unless_there() { # FOLDER
    local made=target/made-${1##*/} jdk
    jdk=$(hob_jdk)
    jdk+=$'\n'$(<"$jdk/release") # an update of the system leaves it where it was, and with the time of its making
    if [ "$made" -nt target/built ] && [ "$(<"$made")" = "$jdk" ] &&
        [ -z "$(find pom.xml units etc docs/man scripts/lib -newer "$made" -print -quit)" ] &&
        hob_dist_is_whole "$1"; then
        return
    fi
    rm -f "$made"
    printf '%s\n' "$jdk" >"$made.new"
    hob_dist "$1"
    mv "$made.new" "$made"
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

# Maven's jars keep the modes of the files that went into them, and so the umask of whoever checked them out; those of
# the JDK do not.
hob_dist_jar() { # FOLDER JDK JAR
    local packed moment
    moment=$(hob_moment)
    case $3 in
        daemons/* | "$PWD"/*)
            packed=$(realpath "$3")
            mkdir "$1/unpacked"
            (
                cd "$1/unpacked" &&
                    "$2/bin/jar" xf "$packed" &&
                    "$2/bin/jar" --create --file "$1/lib/${packed##*/}" --manifest META-INF/MANIFEST.MF --date="$moment" .
            )
            rm -r "$1/unpacked"
            ;;
        *) cp -- "$3" "$1/lib/" ;;
    esac
}

# Only what the jars need: a third of a JDK. What jlink calls --strip-debug would want binutils, too, and gain nothing.
hob_dist_runtime() { # FOLDER JDK
    local modules
    modules=$("$2/bin/jdeps" --print-module-deps --ignore-missing-deps --multi-release 25 "$1"/lib/*.jar)
    "$2/bin/jlink" --add-modules "$modules" --output "$1/runtime" \
        --strip-java-debug-attributes --no-header-files --no-man-pages --compress zip-0
}

# What man and the shells look for, as it lies below a machine's share.
hob_dist_share() { # FOLDER
    local share=$1/share
    install -D -m 644 docs/man/hob.1 "$share/man/man1/hob.1"
    mkdir -p "$share/bash-completion/completions" "$share/zsh/site-functions"
    "$1/bin/hob" completion bash >"$share/bash-completion/completions/hob"
    "$1/bin/hob" completion zsh >"$share/zsh/site-functions/_hob"
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
    if [ "$(find "$1/native" -name '*.so' | wc -l)" -lt 2 ]; then
        echo "There are no native libraries for this machine ($machine), without which no member could live in its sandbox." >&2
        return 1
    fi
}

# One class path for all, in one order, since an ahead-of-time cache belongs to it; and in a jar, which finds the others
# beside itself.
hob_dist_options() { # FOLDER JDK
    {
        printf 'Class-Path:'
        (cd "$1/lib" && printf ' %s\n ' *.jar) # a line has 72 bytes at most, and is continued after a blank
        echo
    } >"$1/manifest"
    "$2/bin/jar" --create --file "$1/lib/hob.jar" --manifest "$1/manifest" --date="$(hob_moment)"
    # In it is nothing: see 'hob_dist_alike'.
    "$2/bin/jar" --create --file "$1/lib/release.jar" --manifest /dev/null --date="$(hob_moment)"
    rm "$1/manifest"
    {
        cat units/jvm.options
        echo
        echo "# Seen from the folder of the release, in which every daemon stands."
        echo "-cp lib/hob.jar"
        echo "-Xbootclasspath/a:lib/release.jar"
        echo "-Djava.library.path=native"
        echo "-Dorg.sqlite.lib.path=native"
        echo "-Dorg.sqlite.lib.name=libsqlitejdbc.so"
        echo
        echo "# What a start need not do again. Without it, or with one of another release, the start is slower, and no other."
        echo "-XX:AOTCache=hob-HASH12.aot"
        echo "-Dhob.cache=hob-HASH12.aot"
        echo "# A damaged one would end the virtual machine; to look costs a start 40 ms."
        echo "-XX:+VerifySharedSpaces"
        echo "-Xlog:aot=off"
    } >"$1/java.options"
}

# The command, and by other names the programs of the members.
hob_dist_programs() { # FOLDER
    local word
    install -m 755 scripts/lib/hob-installed "$1/bin/hob"
    for word in $(hob_members); do ln -s hob "$1/bin/hob-$word"; done
}

# A hash over all there is: releases that differ in anything lie beside each other, and each has a cache of its own.
# Whoever makes the cache reckons it anew ('hob.rehearsal.Release'): where the hash itself stands, HASH12 did.
hob_dist_name() { # FOLDER
    local hash
    hash=$(hob_dist_hash "$1")
    sed -i "s/HASH12/$hash/" "$1/java.options" "$1/bin/hob"
    printf '%s-%s\n' "$(hob_version)" "$hash" >"$1/name"
}

hob_dist_hash() { # FOLDER [HASH, where it stands already]
    local file
    (
        cd "$1" || exit
        find . -type f ! -path ./name ! -path './hob-*.aot' -print0 | LC_ALL=C sort -z | while IFS= read -rd '' file; do
            case $file in
                ./java.options | ./bin/hob) sed "s/${2:-HASH12}/HASH12/g" "$file" | sha256sum | sed "s|-\$|$file|" ;;
                *) sha256sum "$file" ;;
            esac
        done | sha256sum | cut -c1-12
    )
}

# Whether nobody wrote into it since it got its name.
hob_dist_is_whole() { # FOLDER
    local name
    name=$(cat "$1/name" 2>/dev/null) || return 1
    [ "$(hob_dist_hash "$1" "${name##*-}")" = "${name##*-}" ]
}

# What a start need not do again, made as an installation makes it.
hob_dist_cache() { # FOLDER
    local hash
    hash=$(<"$1/name")
    "$1/bin/hob" rehearse --cache "$1/hob-${hash##*-}.aot"
}

# When jars say that they were made, whenever that was.
hob_moment() {
    sed -nE 's/.*<project.build.outputTimestamp>(.*)<.*/\1/p' pom.xml
}

# Whatever the umask of whoever builds: it is read by others. What was made of the same sources is the same to the last
# byte, and at the same time, which no other release has: a JVM refuses a cache that was made of jars of other times, so
# that the cache of another release is not taken, whatever it is called. Up to 25.0.3 the JVM looks so only at what is on
# the class path of its own loader, which is why 'release.jar' is.
hob_dist_alike() { # FOLDER
    local hash moment
    hash=$(<"$1/name")
    hash=${hash##*-}
    moment=$(($(date --date="$(hob_moment)" +%s) - 0x${hash:0:7})) # up to nine years back, and never in the future
    chmod -R u=rwX,go=rX "$1"
    find "$1" -exec touch --no-dereference --date="@$moment" {} +
}
