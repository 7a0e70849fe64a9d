package hob.daemon;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;

/// Plain lines to stderr. No times: the journal has them, and a person at a terminal needs none.
final class StderrAppender extends AppenderBase<ILoggingEvent> {
    private final boolean isReadByTheJournal;

    /// @param isReadByTheJournal which takes a `<n>` before a line for its priority
    StderrAppender(boolean isReadByTheJournal) {
        this.isReadByTheJournal = isReadByTheJournal;
        setName("stderr");
    }

    @Override
    protected void append(ILoggingEvent event) {
        var priority = Priority.of(event.getLevel());
        var prefix = isReadByTheJournal ? "<" + priority.number() + ">" : priority.word();
        var trace = Line.trace(event);
        var suffix = trace == null ? "" : " [trace " + trace + "]"; // which `hob logs --trace` looks for
        Line.of(event).lines().forEach(line -> System.err.println(prefix + line + suffix));
    }
}
