# shellcheck shell=bash
# How what runs from the checkout is started.

# Puts into 'java_words' the words that run a class of the newest release, as 'hob_release' wrote them. All by the shell
# itself: whoever types a command waits for each program that is started before it.
hob_java() { # CHECKOUT
    mapfile -t java_words <"$1/target/release/java"
    [ -e "${java_words[-1]#*=}" ] || unset 'java_words[-1]' # the cache, which is made when the house has come up
}
