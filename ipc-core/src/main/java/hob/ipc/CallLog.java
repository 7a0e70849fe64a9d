package hob.ipc;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/// What the journal hears of calls, each line under the trace of its call: who fails leaves a line, and the curious
/// (`hob log-level WORD debug`) get one for each.
final class CallLog {
    private static final Logger LOG = LoggerFactory.getLogger(CallLog.class);

    /// Of one caller, one call and one way to fail: more a minute tell a person nothing new, and a caller who asks in a
    /// loop must not fill the journal.
    static final int FAILURES_A_MINUTE = 10;

    /// A fault may quote a whole text; its beginning says which it is.
    private static final int WHY_CHARS_MOST = 300;

    private final Damper damper = new Damper();

    void answered(String call, Caller caller, @Nullable String trace, long began) {
        if (LOG.isDebugEnabled()) {
            under(trace, LOG.atDebug())
                    .log("'{}' of {} was answered, in {} µs", call, caller.name(), (System.nanoTime() - began) / 1000);
        }
    }

    void failed(String call, Caller caller, @Nullable String trace, Fault fault) {
        var sentence = "'" + call + "' of " + caller.name() + " failed, " + fault.code() + ": " + why(fault);
        var thing = caller.name() + " " + call + " " + fault.code();
        if (!damper.say(
                thing, FAILURES_A_MINUTE, more -> under(trace, LOG.atInfo()).log("{}{}", sentence, more))) {
            under(trace, LOG.atDebug()).log("{}", sentence);
        }
    }

    private static String why(Fault fault) {
        var first = fault.getMessage().lines().findFirst().orElse("");
        return first.length() <= WHY_CHARS_MOST ? first : first.substring(0, WHY_CHARS_MOST) + " ...";
    }

    static LoggingEventBuilder under(@Nullable String trace, LoggingEventBuilder line) {
        return trace == null ? line : line.addKeyValue("HOB_TRACE", trace);
    }
}
