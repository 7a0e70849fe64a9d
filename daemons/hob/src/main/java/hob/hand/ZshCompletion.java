package hob.hand;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What makes the tab key work in zsh.
final class ZshCompletion {
    private final Offers offers;

    ZshCompletion(Errand errand) {
        this.offers = new Offers(errand);
    }

    String script() {
        return """
                #compdef hob
                # zsh completion for hob: 'source <(hob completion zsh)' behind compinit, or a file _hob in $fpath
                typeset -gA _hob_calls _hob_fields _hob_values
                _hob_calls=(
                %s)
                _hob_fields=(
                %s)
                _hob_values=(
                %s)
                _hob() {
                    emulate -L zsh
                    local word previous='' key i
                    local -a plain given left
                    # The words without options, and without what stands behind them.
                    for ((i = 2; i < CURRENT; i++)); do
                        word=$words[i]
                        case $previous in
                            (--deadline|--key|--trace|--color|--lines|-n|--since|--level|--cache|--prefix) previous=''; continue ;;
                        esac
                        previous=$word
                        [[ $word == -f || $word == -n || $word == --* ]] || plain+=($word)
                    done
                    case $previous in
                        (--color) compadd -- auto always never; return ;;
                        (--level) compadd -- %s; return ;;
                        (--cache) _files; return ;;
                        (--prefix) _files -/; return ;;
                        (--deadline|--key|--trace|--lines|-n|--since) return ;;
                    esac
                    if [[ $PREFIX == --* ]]; then
                        compadd -- %s
                        case $plain[1] in
                %s                        esac
                        return
                    fi
                    if [[ $plain[1] == (call|describe|help) && -n ${_hob_calls[$plain[2]]-} ]]; then
                        plain=($plain[2,-1])
                    fi
                    key="$plain[1] $plain[2]"
                    case $#plain in
                        (0) compadd -- %s ;;
                        (1) case $plain[1] in
                                (ping|call|describe|metrics|logs|log-level) compadd -- %s ;;
                                (help) compadd -- %s ;;
                                (completion) compadd -- bash zsh ;;
                                (*) compadd -- ${=_hob_calls[$plain[1]]} ;;
                            esac ;;
                        (*) if [[ $plain[1] == logs ]]; then
                                compadd -- %s
                            elif [[ $plain[1] == log-level ]]; then
                                (($#plain == 2)) && compadd -- %s
                            elif [[ $PREFIX == *=* ]]; then
                                word=${${PREFIX%%%%=*}//_/-}
                                compset -P '*='
                                if [[ -n ${_hob_values[$key $word]-} ]]; then
                                    compadd -- ${=_hob_values[$key $word]}
                                elif [[ $PREFIX == @* ]]; then
                                    compset -P @
                                    _files
                                fi
                            else
                                given=(${${plain[3,-1]%%%%=*}//_/-})
                                for word in ${=_hob_fields[$key]-}; do
                                    (($given[(Ie)$word])) || left+=($word)
                                done
                                compadd -q -S = -- $left
                            fi ;;
                    esac
                }
                if [[ $funcstack[1] == _hob ]]; then
                    _hob "$@"
                else
                    compdef _hob hob
                fi
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
                .map(verb -> " ".repeat(12) + "(" + verb.getKey() + ") compadd -- " + words(verb.getValue()) + " ;;\n")
                .collect(Collectors.joining());
    }

    private static String table(Map<String, List<String>> rows) {
        return rows.entrySet().stream()
                .map(row -> "    '" + row.getKey() + "' '" + words(row.getValue()) + "'\n")
                .collect(Collectors.joining());
    }

    private static String words(List<String> words) {
        return String.join(" ", words);
    }
}
