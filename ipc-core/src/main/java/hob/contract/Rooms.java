package hob.contract;

import java.util.List;

/// Which contracts a member answers. A table, as looking for them takes a person's time at each command.
public final class Rooms {
    private Rooms() {}

    /// The member's own rooms, then what every house is asked.
    public static List<Class<?>> of(Family member) {
        return switch (member) {
            case MEMORY -> List.of(MemoryBlocks.class, HouseCall.class);
            case LLM_PROXY, RUNNER, RAG, AGENT, MATRIX -> List.of(HouseCall.class);
        };
    }
}
