package hob.store;

import java.time.Duration;

/// What a store bears; a test draws it closer.
///
/// @param keys some thousand deeds a day that nobody settles
/// @param answerBytes what the answers to them may take of the disk
/// @param stuck no deed of ours takes a second, and a commit that takes this long does not come back
record Bounds(int keys, long answerBytes, Duration stuck) {
    static final Bounds DEFAULT = new Bounds(200_000, 256L << 20, Duration.ofSeconds(30));
}
