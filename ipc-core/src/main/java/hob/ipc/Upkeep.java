package hob.ipc;

import hob.contract.HouseCall.LogLevel;
import hob.contract.HouseCall.Part;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What only the daemon itself can tell of its house, or do about it.
///
/// @param parts asks each part how it is; must not hang, for `health` is asked when something does
public record Upkeep(String version, Supplier<List<Part>> parts, Consumer<LogLevel> logLevel) {}
