#!/usr/bin/env bash
# Builds Hob, and puts it into its place on this machine under systemd.
#
#   scripts/install.sh [--dry-run] [--prefix DIR]    for the machine; asks for root when it is built
#   scripts/install.sh --user [--dry-run]            for you alone, without root
#
# Building needs git, Maven and a JDK 25; what is installed needs none of them, nor this checkout. It can be run again at
# any time: what is so already stays as it is.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/help.sh
. scripts/lib/dist.sh

hob_help scripts/install.sh "$@"
if [ "$(id -u)" = 0 ] && [ "$(stat -c %u .)" != 0 ]; then
    echo "This checkout is $(stat -c %U .)'s: root would build in it what its owner can change. Type it as" \
        "$(stat -c %U .); it asks for root when it is built." >&2
    exit 77
fi
for word in "$@"; do
    case $word in
        -h | --help) hob_help scripts/install.sh --help ;;
    esac
done
folder=target/dist/hob-$(hob_version)
scripts/dev release
words=("$PWD/$folder/bin/hob" install-systemd "$@")
case " $* " in
    *" --user "* | *" --dry-run "*) exec "${words[@]}" ;;
esac
[ "$(id -u)" != 0 ] || exec "${words[@]}"
command -v sudo >/dev/null || {
    echo "It is built; the rest is root's: '${words[*]}'" >&2
    exit 77
}
exec sudo "${words[@]}"
