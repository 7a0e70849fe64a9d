# Types each line that comes in at a real interactive zsh, presses a key that completes there, and prints what was offered.
# $1 is a folder with the completion in it, as _hob.
zmodload zsh/zpty || exit 77
zpty shell "PS1= TERM=dumb zsh -f -i"
zpty -w shell "stty -echo; unsetopt prompt_cr prompt_sp zle_bracketed_paste 2>/dev/null"
zpty -w shell "fpath=('$1' \$fpath); autoload -Uz compinit; compinit -u -D; autoload -Uz _hob"
zpty -w shell 'typeset -ga hits; compadd() { local -a found; builtin compadd -A found "$@"; hits+=($found) }'
zpty -w shell 'offer() { hits=(); _hob; print -r -- "<offered ${(j: :)${(u)hits}}>" > '"$1/offered"' }'
zpty -w shell "zle -C offer list-choices offer; bindkey '^Xo' offer; print rea''dy"
zpty -r -m shell line '*ready*'
mkfifo "$1/offered" && exec {told}<>"$1/offered" # held open, or an end would come between two lines
while IFS= read -r line; do
    zpty -w -n shell "$line"$'\CXo'
    read -r -u $told offered
    print -r -- "$offered"
    zpty -w -n shell $'\CU'
done
zpty -d shell
