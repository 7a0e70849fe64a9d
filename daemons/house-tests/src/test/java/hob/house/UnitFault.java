package hob.house;

/// A mistake in the units, and the words by which it is to be found.
enum UnitFault {
    AN_UNKNOWN_KEY(Files.LIMITS, "TasksMax=", "MemoryMaximum=1G\nTasksMax=", "MemoryMaximum"),
    A_BAD_VALUE(Files.LIMITS, "MemoryMax=512M", "MemoryMax=plenty", "plenty"),
    A_KEY_IN_THE_WRONG_SECTION(
            Files.MEMORY, "PartOf=", "MemoryMax=1G\nPartOf=", "Unknown key", "'MemoryMax' in section"),
    A_PROGRAM_THAT_IS_NOT_THERE(Files.MEMORY, "bin/java", "bin/jawa", "jawa is not executable"),
    A_LINE_THAT_ANOTHER_OVERRIDES(
            Files.MEMORY, "Type=notify", "Type=notify\nPrivateNetwork=no", "PrivateNetwork=no of", "has no effect"),
    A_LINE_THAT_HIDES_THE_CALLERS(
            Files.HARDENING, "PrivateTmp=yes", "PrivateTmp=yes\nPrivateUsers=yes", "callers would be 'nobody'"),
    A_WEAKENED_SANDBOX(Files.HARDENING, "PrivateNetwork=yes", "", "PrivateNetwork", "exposure"),
    ANOTHER_WEAKENED_SANDBOX(Files.HARDENING, "CapabilityBoundingSet=\n", "", "CAP_SYS_ADMIN", "exposure"),
    LIFE_IN_THE_SANDBOX(Files.HARDENING, "UMask=", "Restart=always\nUMask=", "Restart=always", "no sandboxing"),
    A_MEMBER_WITHOUT_A_USER("units/sysusers.d/hob.conf", "u hob-memory", "u hob-somebody", "not made: user hob-memory"),
    A_DOOR_FOR_ALL("units/tmpfiles.d/hob.conf", "0750 hob-memory", "0755 hob-memory", "not made: 0750");

    private final String file;
    private final String from;
    private final String to;

    @SuppressWarnings("ImmutableEnumChecker") // never written to and never handed out
    private final String[] words;

    private static final class Files {
        static final String MEMORY = "units/hob-memory.service";
        static final String LIMITS = "units/hob-memory.service.d/30-limits.conf";
        static final String HARDENING = "units/hob-.service.d/10-hardening.conf";
    }

    UnitFault(String file, String from, String to, String... words) {
        this.file = file;
        this.from = from;
        this.to = to;
        this.words = words;
    }

    void plantIn(ScratchCopy checkout) {
        checkout.change(file, from, to);
    }

    String[] words() {
        return words.clone();
    }
}
