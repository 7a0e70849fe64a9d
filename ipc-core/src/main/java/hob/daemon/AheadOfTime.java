package hob.daemon;

import java.nio.file.Path;
import java.util.List;

/// How an ahead-of-time cache is made, by two processes one after the other: a run is recorded, and the cache is made
/// of
/// the record. Both have the flags and the class path of those who will start by it.
public final class AheadOfTime {
    /// The run to record: every member that is there, and the command.
    public static final String RUN = "hob.rehearsal.Training";

    private AheadOfTime() {}

    /// What the run knows of hot methods is left out: with it each later start compiles at once whatever was hot in a
    /// run of all members, which a command of a quarter of a second never gets back.
    public static List<String> recording(Path record) {
        return List.of(
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-AOTRecordTraining",
                "-XX:AOTMode=record",
                "-XX:AOTConfiguration=" + record);
    }

    public static List<String> creating(Path record, Path cache) {
        return List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + record, "-XX:AOTCache=" + cache);
    }
}
