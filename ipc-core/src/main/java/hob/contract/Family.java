package hob.contract;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// Who lives in the house, and whom each may ask. A constant can only name earlier ones,
/// so a circle does not compile, and this order is the order of starting.
public enum Family {
    LLM_PROXY,
    MEMORY,
    RUNNER,
    RAG(MEMORY),
    AGENT(LLM_PROXY, MEMORY, RUNNER, RAG),
    MATRIX(AGENT);

    @SuppressWarnings("ImmutableEnumChecker") // never written to and never handed out
    private final Family[] asked;

    Family(Family... asked) {
        this.asked = asked;
    }

    /// Those this member may knock at. What it may ask there stands on their contracts.
    public Set<Family> asks() {
        var asks = EnumSet.noneOf(Family.class);
        Collections.addAll(asks, asked);
        return asks;
    }

    /// The one word that names module, unit, user, socket, state folder, config file, page and verb.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String unit() {
        return "hob-" + word() + ".service";
    }

    /// The user the daemon runs as, and by which its doors know it.
    public String user() {
        return "hob-" + word();
    }
}
