package hob.contract;

import java.util.Locale;

/// Those whom a room may name as its callers: the members of the family, a person, and the chores of the timers.
public enum Who {
    LLM_PROXY,
    MEMORY,
    RUNNER,
    RAG,
    AGENT,
    MATRIX,
    /// Root, or someone of the group `hob`.
    PERSON,
    /// The oneshots that timers start.
    CHORE;

    /// As people write it: `llm-proxy`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Who of(Family member) {
        return valueOf(member.name());
    }
}
