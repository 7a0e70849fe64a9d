package hob.hand;

/// Colours, or none.
record Paint(boolean on) {
    static final Paint NONE = new Paint(false);

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
