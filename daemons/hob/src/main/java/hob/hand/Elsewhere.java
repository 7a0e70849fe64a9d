package hob.hand;

import java.util.Map;

/// What people look for among the verbs, and find elsewhere: hob asks members, and neither starts nor ends them.
final class Elsewhere {
    private static final Map<String, String> DOERS = Map.of(
            "start",
            "'scripts/up' starts the house of a checkout, 'systemctl start hob.target' the installed one, and"
                    + " 'systemctl --user start hob.target' one of your own",
            "stop",
            "'scripts/down' ends the house of a checkout, 'systemctl stop hob.target' the installed one, and"
                    + " 'systemctl --user stop hob.target' one of your own",
            "restart",
            "'scripts/dev again WORD' starts a member of a checkout's house anew, 'systemctl restart hob-WORD' one of the"
                    + " installed house, and 'systemctl --user restart hob-WORD' one of your own",
            "version",
            "'hob --version' says which Hob it is");

    private Elsewhere() {}

    /// Either empty, or `; ` and who does it.
    static String hint(String typed) {
        var doer = DOERS.get(typed);
        return doer == null ? "" : "; " + doer;
    }
}
