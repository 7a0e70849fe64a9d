package hob.hand;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What makes the tab key work in bash. All that can be offered stands in the script: a tab that started a JVM would be
/// felt.
final class BashCompletion {
    private final Offers offers;

    BashCompletion(Errand errand) {
        this.offers = new Offers(errand);
    }

    String script() {
        return """
                # bash completion for hob: 'source <(hob completion bash)'
                declare -A _hob_calls=(
                %s)
                declare -A _hob_fields=(
                %s)
                declare -A _hob_values=(
                %s)
                _hob_offer() {
                    COMPREPLY=()
                    local word
                    for word in $1; do
                        [[ $word == "$2"* ]] && COMPREPLY+=("$word$3")
                    done
                    [[ -z $3 ]] || compopt -o nospace 2>/dev/null
                }
                _hob() {
                    # The words without options, and without what stands behind them; 'a=b' arrives in three pieces.
                    local cur=${COMP_WORDS[COMP_CWORD]} words=() given=' ' field='' i word
                    for ((i = 1; i < COMP_CWORD; i++)); do
                        word=${COMP_WORDS[i]}
                        case $word in
                            --deadline | --key | --trace | --color | --lines | -n | --since | --level | --cache | --prefix) ((i + 1 < COMP_CWORD)) && [[ ${COMP_WORDS[i + 1]} == = ]] && i=$((i + 1)); i=$((i + 1)); if ((i == COMP_CWORD)); then
                                    [[ $word == --color ]] && _hob_offer 'auto always never' "${cur#=}"
                                    [[ $word == --level ]] && _hob_offer '%s' "${cur#=}"
                                    [[ $word == --prefix ]] && mapfile -t COMPREPLY < <(compgen -d -- "${cur#=}")
                                    if [[ $word == --cache ]]; then compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "${cur#=}"); fi
                                    return
                                fi ;;
                            -f | --*) ;;
                            =) field=${COMP_WORDS[i - 1]} ;;
                            *) if [[ -n $field && ${COMP_WORDS[i - 1]} == = ]]; then field=''; else words+=("$word"); field=''; fi ;;
                        esac
                    done
                    [[ $cur == = ]] && { field=${COMP_WORDS[COMP_CWORD - 1]}; cur=''; }
                    if [[ $cur == --* ]]; then
                        _hob_offer '%s' "$cur"
                        case ${words[0]} in
                %s                        esac
                        return
                    fi
                    [[ ${words[0]} == call || ${words[0]} == describe || ${words[0]} == help ]] && ((${#words[@]} > 1)) && [[ -v _hob_calls[${words[1]}] ]] && words=("${words[@]:1}")
                    local key="${words[0]} ${words[1]}"
                    case ${#words[@]} in
                        0) _hob_offer '%s' "$cur" ;;
                        1) case ${words[0]} in
                                ping | call | describe | metrics | logs | log-level) _hob_offer '%s' "$cur" ;;
                                help) _hob_offer '%s' "$cur" ;;
                                completion) _hob_offer 'bash zsh' "$cur" ;;
                                *) _hob_offer "${_hob_calls[${words[0]}]}" "$cur" ;;
                            esac ;;
                        *) if [[ ${words[0]} == logs ]]; then
                                _hob_offer '%s' "$cur"
                            elif [[ ${words[0]} == log-level ]]; then
                                ((${#words[@]} == 2)) && _hob_offer '%s' "$cur"
                            elif [[ -n $field ]]; then
                                field=${field//_/-}
                                if [[ -v _hob_values["$key $field"] ]]; then
                                    _hob_offer "${_hob_values["$key $field"]}" "$cur"
                                elif [[ $cur == @* ]]; then
                                    compopt -o filenames -o nospace 2>/dev/null
                                    mapfile -t COMPREPLY < <(compgen -P @ -f -- "${cur#@}")
                                fi
                            else
                                for word in "${words[@]:2}"; do given+="${word//_/-} "; done
                                local left=''
                                for word in ${_hob_fields[$key]}; do
                                    [[ $given == *" $word "* ]] || left+=" $word"
                                done
                                _hob_offer "$left" "$cur" =
                            fi ;;
                    esac
                }
                complete -F _hob hob
                """.formatted(
                        table(offers.calls()),
                        table(offers.fields()),
                        table(offers.values()),
                        words(Offers.levels()),
                        words(Offers.options()),
                        own(),
                        words(Offers.verbs()) + " " + words(Offers.words()),
                        words(Offers.words()),
                        words(Offers.verbs()) + " " + words(Offers.words()),
                        words(Offers.words()),
                        words(Offers.levels()));
    }

    private static String own() {
        return Offers.ownOptions().entrySet().stream()
                .map(verb -> " ".repeat(12) + verb.getKey() + ") _hob_offer '" + words(Offers.options()) + " "
                        + words(verb.getValue()) + "' \"$cur\" ;;\n")
                .collect(Collectors.joining());
    }

    /// Names of a contract need no quoting but for the blanks between them.
    static String table(Map<String, List<String>> rows) {
        return rows.entrySet().stream()
                .map(row -> "    ['" + row.getKey() + "']='" + words(row.getValue()) + "'\n")
                .collect(Collectors.joining());
    }

    private static String words(List<String> words) {
        return String.join(" ", words);
    }
}
