package hob.daemon;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import hob.contract.HouseCall.LogLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where a daemon's lines go: under systemd straight to the journal with their fields, elsewhere to stderr.
final class Log {
    private static final Path JOURNAL = Path.of("/run/systemd/journal/socket");

    private Log() {}

    /// @param identifier such as `hob-memory`
    static void open(String identifier) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.reset();
            var appender = appender(identifier);
            appender.setContext(context);
            appender.start();
            var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
            root.addAppender(appender);
            root.setLevel(Level.INFO);
        }
    }

    static void level(LogLevel level) {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.valueOf(level.name()));
        }
    }

    /// What stands before a line that goes to stderr past all of this.
    static String errorPrefix() {
        return errorMark().isEmpty() ? Priority.ERROR.word() : errorMark();
    }

    /// What the journal takes off the line again, where it reads stderr; elsewhere nothing.
    private static String errorMark() {
        return isJournal(System.getenv("JOURNAL_STREAM")) ? "<" + Priority.ERROR.number() + ">" : "";
    }

    /// What is wrong with what a person has written, plainly for them; the journal is told how grave it is.
    static void printWrong(String text) {
        var mark = errorMark();
        text.lines().forEach(line -> System.err.println(mark + line));
    }

    private static Appender<ILoggingEvent> appender(String identifier) {
        if (isJournal(System.getenv("JOURNAL_STREAM"))) {
            try {
                return new JournalAppender(JOURNAL, identifier);
            } catch (IOException e) {
                System.err.println("<4>the journal takes no fields (" + e + "); plain lines instead");
                return new StderrAppender(true);
            }
        }
        return new StderrAppender(false);
    }

    /// systemd says `device:inode` of the stream it gave us; someone may have put another one in its place since.
    private static boolean isJournal(@Nullable String stream) {
        try {
            var stderr = Path.of("/proc/self/fd/2");
            return stream != null
                    && stream.equals(
                            Files.getAttribute(stderr, "unix:dev") + ":" + Files.getAttribute(stderr, "unix:ino"));
        } catch (IOException | UnsupportedOperationException e) {
            return false; // no /proc: whoever reads stderr reads plain lines
        }
    }
}
