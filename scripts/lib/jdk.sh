# shellcheck shell=bash
# Finds a JDK 25, whatever `java` happens to be.

hob_is_jdk25() {
    [ -x "$1/bin/javac" ] && grep -qs '^JAVA_VERSION="25[."]' "$1/release"
}

# Prints the home of a JDK 25: JAVA_HOME, PATH, the usual folders of JVMs, SDKMAN.
hob_jdk() {
    local home folder javac
    # Where distributions, installers, IDEs and SDKMAN put their JVMs; another place is named by HOB_JVMS.
    local folders=${HOB_JVMS:-/usr/lib/jvm:/usr/lib64/jvm:/usr/java:/opt:/opt/java:/opt/jdk:${HOME:-}/.jdks:${HOME:-}/.sdkman/candidates/java}
    if hob_is_jdk25 "${JAVA_HOME:-}"; then
        printf '%s\n' "$JAVA_HOME"
        return
    fi
    if javac=$(command -v javac); then
        home=$(dirname "$(dirname "$(readlink -f "$javac")")")
        if hob_is_jdk25 "$home"; then
            printf '%s\n' "$home"
            return
        fi
    fi
    local IFS=:
    for folder in $folders; do
        for home in "$folder"/*; do
            if hob_is_jdk25 "$home"; then
                printf '%s\n' "$home"
                return
            fi
        done
    done
    echo "Hob is built with a JDK 25, and none was found in JAVA_HOME, on PATH, or in $folders:" \
        "get one by 'apt install openjdk-25-jdk' (Debian 14; before that 'apt install temurin-25-jdk' from the Adoptium repository)," \
        "'dnf install java-25-openjdk-devel' (Fedora), 'pacman -S jdk25-openjdk' (Arch) or 'sdk install java 25-tem' (SDKMAN)." >&2
    return 69
}
