package hob.hand;

import java.util.List;

/// Colours, or none.
record Paint(boolean on) {
    static final Paint NONE = new Paint(false);

    /// Cyan, magenta, green, yellow, blue, and a light cyan: red is for what is wrong.
    private static final List<String> COLOURS = List.of("36", "35", "32", "33", "34", "96");

    static Paint on(Surroundings surroundings, Options.Colour colour) {
        var wanted = switch (colour) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO ->
                surroundings.terminal().out()
                        && surroundings
                                .environment()
                                .getOrDefault("NO_COLOR", "")
                                .isEmpty()
                        && !surroundings.environment().getOrDefault("TERM", "").equals("dumb");
        };
        return new Paint(wanted);
    }

    String heading(String text) {
        return with("1", text);
    }

    String quiet(String text) {
        return with("2", text);
    }

    String warning(String text) {
        return with("33", text);
    }

    /// Who says it, each in a colour of their own that can be read on dark and on light.
    String member(String text, String word) {
        var place = Offers.words().indexOf(word);
        return with(place < 0 ? "1" : COLOURS.get(place % COLOURS.size()), text);
    }

    String good(String text) {
        return with("32", text);
    }

    String bad(String text) {
        return with("1;31", text);
    }

    private String with(String code, String text) {
        return on && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
