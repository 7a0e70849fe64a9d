package hob.daemon;

import hob.contract.HouseCall.LogLevel;

/// What every daemon can be told, whatever else stands in its config record.
public interface Configured {
    /// How much goes to the journal; `set_log_level` overrules it until the next start.
    LogLevel logLevel();
}
