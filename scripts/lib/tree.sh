# shellcheck shell=bash
# Bare systems of Debian, in folders that are only read: who changes something does so in a layer above.

hob_trees=${XDG_CACHE_HOME:-$HOME/.cache}/hob/trees

# Made once, and kept; to have a new one, remove it.
hob_tree() { # NAME RELEASE PACKAGES
    local tree=$hob_trees/$1 sources began=$SECONDS
    mkdir -p "$hob_trees"
    exec 4>"$tree.lock"
    flock 4
    if [ -d "$tree" ]; then
        echo "$2: $tree of $(date -r "$tree" +%F) (remove it to have a new one)"
    else
        echo "$2: making $tree"
        mapfile -t sources < <(hob_debian_sources "$2")
        rm -rf --one-file-system "$tree.partial"
        mmdebstrap --quiet --variant=minbase --include="$3" "$2" "$tree.partial" "${sources[@]}"
        mv "$tree.partial" "$tree"
        echo "$2: made in $((SECONDS - began)) s"
    fi
    exec 4>&-
}

# This machine's own sources, for the sake of a near mirror; where it has none, mmdebstrap knows one.
hob_debian_sources() { # RELEASE
    local own
    own=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
    # shellcheck disable=SC2016 # apt-get fills these in
    apt-get indextargets --format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' |
        grep -E " $own(-updates|-security)? main$" | sed -E "s/ $own/ $1/" | sort -u
}
