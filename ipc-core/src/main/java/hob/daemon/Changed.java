package hob.daemon;

/// A setting that has another value now than it had before, both as they would stand in the file.
///
/// @param live takes effect while the daemon runs; else it waits for the next start
public record Changed(String key, String before, String now, boolean live) {
    @Override
    public String toString() {
        return key + ": " + before + " -> " + now;
    }
}
