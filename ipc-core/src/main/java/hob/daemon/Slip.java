package hob.daemon;

import java.util.regex.Pattern;

/// What a person did wrong behind the key of a setting, where the parser stumbled.
final class Slip {
    private static final Pattern ODD = Pattern.compile("Unexpected '\\\\u([0-9a-f]{4})'.*");
    private static final String STRANGE_QUOTES = "“”„‘’‚«»`";

    /// Nobody needs to see his own words again that are longer, or have something in them that would want care.
    private static final Pattern SHOWN = Pattern.compile("[^\"'\\\\\\p{Cntrl}]{1,60}");

    private Slip() {}

    /// In words that go on after the key. Of the value nothing is repeated unless it would be right.
    ///
    /// @param sign `=`, `:` or nothing
    /// @param said by the parser
    static String of(Setting setting, String sign, String behind, String said) {
        var odd = ODD.matcher(said);
        if (odd.matches() && isNearlySpace(Integer.parseInt(odd.group(1), 16))) {
            return "has something near it that looks like a space and is none (\\u" + odd.group(1) + ")";
        } else if (!sign.equals("=")) {
            return sign.isEmpty() ? "wants '=' and a value behind it" : "wants '=' instead of ':'";
        }
        var value = behind.strip();
        if (value.isEmpty() || value.startsWith("#")) {
            return "has no value; it " + setting.must();
        } else if (value.startsWith("=")) {
            return "has '=' twice";
        } else if (STRANGE_QUOTES.indexOf(value.charAt(0)) >= 0) {
            return "wants straight quotation marks, \"like these\"";
        } else if (said.contains("escape")) {
            return "has a '\\' that TOML takes for the beginning of something: write '\\\\', or take single quotes";
        } else if (value.startsWith("\"") || value.startsWith("'")) {
            return endsLate(said) ? "has something behind its value" : "wants a closing quotation mark";
        }
        return setting.kind().quoted() ? ofUnquoted(setting, value) : ofBare(setting, value, said);
    }

    private static boolean isNearlySpace(int point) {
        return Character.isSpaceChar(point) || Character.getType(point) == Character.FORMAT;
    }

    private static boolean endsLate(String said) {
        return said.endsWith("expected a newline or end-of-input");
    }

    private static String ofUnquoted(Setting setting, String value) {
        var meant = value.replaceFirst("\\s*#.*", "").replaceFirst("[;,]$", "");
        if (setting.type() == Secret.class && meant.matches("(credential|file):.*")) {
            return "wants quotation marks";
        }
        try {
            setting.read(meant);
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
        return "wants quotation marks"
                + (SHOWN.matcher(meant).matches() ? ": " + setting.key() + " = \"" + meant + "\"" : "");
    }

    private static String ofBare(Setting setting, String value, String said) {
        if (said.startsWith("Integer is too large")) {
            return setting.outside();
        } else if (setting.type() == double.class && value.matches("-?\\d+,\\d+.*")) {
            return setting.must() + ", with '.' and not ','";
        }
        return setting.must()
                + (said.startsWith("Leading zeros") ? ", without a zero in front" : "")
                + (endsLate(said) ? ", with nothing behind it" : "");
    }
}
