# shellcheck shell=bash
# Finds what Hob is built with: a JDK 25, whatever `java` happens to be, and Maven.

hob_is_jdk25() {
    [ -x "$1/bin/javac" ] && grep -qs '^JAVA_VERSION="25[."]' "$1/release"
}

# Prints the home of a JDK 25: JAVA_HOME, PATH, the usual folders of JVMs, SDKMAN.
hob_jdk() {
    local home folder javac seen=
    # Where distributions, installers, IDEs and SDKMAN put their JVMs; another place is named by HOB_JVMS.
    local folders=${HOB_JVMS:-/usr/lib/jvm:/usr/lib64/jvm:/usr/java:/opt:/opt/java:/opt/jdk:${HOME:-}/.jdks:${HOME:-}/.sdkman/candidates/java}
    if hob_is_jdk25 "${JAVA_HOME:-}"; then
        printf '%s\n' "$JAVA_HOME"
        return
    fi
    seen+=$(hob_java_seen "${JAVA_HOME:-}")
    if javac=$(command -v javac); then
        home=$(dirname "$(dirname "$(readlink -f "$javac")")")
        if hob_is_jdk25 "$home"; then
            printf '%s\n' "$home"
            return
        fi
        seen+=$(hob_java_seen "$home")
    fi
    local IFS=:
    for folder in $folders; do
        for home in "$folder"/*; do
            if hob_is_jdk25 "$home"; then
                printf '%s\n' "$home"
                return
            fi
            [ -L "$home" ] || seen+=$(hob_java_seen "$home")
        done
    done
    echo "Hob is built with a JDK 25, and none was found in JAVA_HOME, on PATH, or in $folders${seen:+ (only${seen%,})}:" \
        "get one by 'apt install openjdk-25-jdk' (Debian 14; before that 'apt install temurin-25-jdk' from the Adoptium repository)," \
        "'dnf install java-25-openjdk-devel' (Fedora), 'pacman -S jdk25-openjdk' (Arch) or 'sdk install java 25-tem' (SDKMAN)." >&2
    return 69
}

# What is in a folder that is no JDK 25, if it is another Java.
hob_java_seen() { # HOME
    local version
    [ -n "$1" ] && version=$(sed -n 's/^JAVA_VERSION="\([^"]*\)".*/\1/p' "$1/release" 2>/dev/null) && [ -n "$version" ] || return 0
    [ -x "$1/bin/javac" ] || version+=" without a compiler"
    printf ' %s in %s,' "$version" "$1"
}

# Prints the Maven on PATH, where the script of that name may stand before it.
hob_maven() {
    local mvn
    while read -r mvn; do
        if ! [ "$mvn" -ef scripts/mvn ]; then
            printf '%s\n' "$mvn"
            return
        fi
    done < <(type -aP mvn)
    echo "Hob is built with Maven, and 'mvn' is not on PATH: 'apt install maven', 'dnf install maven' or 'pacman -S maven'." >&2
    return 69
}

# Whoever hides what a build says asks this first.
hob_can_build() {
    hob_jdk >/dev/null && hob_maven >/dev/null
}
