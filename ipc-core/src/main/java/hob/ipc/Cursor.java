package hob.ipc;

import java.util.regex.Pattern;

/// A place in a feed: `<epoch>.<number>`. The epoch is a random word, made with the source's database and anew by every
/// restore, so that a number from another life of it is recognised.
public record Cursor(String epoch, long number) {
    private static final Pattern WRITTEN = Pattern.compile("([A-Za-z0-9]{4,32})\\.(0|[1-9][0-9]{0,17})");

    public static Cursor parse(String text) {
        var matched = WRITTEN.matcher(text);
        if (!matched.matches()) {
            throw new IllegalArgumentException("'cursor' is not <epoch>.<number>");
        }
        return new Cursor(matched.group(1), Long.parseLong(matched.group(2)));
    }

    @Override
    public String toString() {
        return epoch + "." + number;
    }
}
