package hob.daemon;

import ch.qos.logback.classic.Level;

/// How the journal ranks a line, and how a person sees it at a terminal.
enum Priority {
    ERROR(3, "error: "),
    WARNING(4, "warning: "),
    INFO(6, ""),
    DEBUG(7, "debug: ");

    private final int number;
    private final String word;

    Priority(int number, String word) {
        this.number = number;
        this.word = word;
    }

    static Priority of(Level level) {
        return switch (level.toInt()) {
            case Level.ERROR_INT -> ERROR;
            case Level.WARN_INT -> WARNING;
            case Level.INFO_INT -> INFO;
            default -> DEBUG;
        };
    }

    /// As syslog counts.
    int number() {
        return number;
    }

    String word() {
        return word;
    }
}
