package hob.house;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What a terminal shows, drawn as a window for a page. The picture brings its own dark ground, so that it is read on
/// light pages and on dark ones; its text is text, to be searched, copied and read aloud.
///
/// @param lines each in pieces of one style
record Screen(List<List<Piece>> lines) {
    record Piece(String text, Style style) {}

    /// @param colour one of [#COLOURS], or -1
    record Style(boolean bold, boolean dim, int colour) {
        static final Style PLAIN = new Style(false, false, -1);
    }

    private static final Pattern TOKEN = Pattern.compile("\u001b\\[([0-9;]*)m|\\r?\\n|[^\\p{Cntrl}]+|(?s).");

    /// Black to white, as bright as one reads them on the ground.
    private static final List<String> COLOURS =
            List.of("#6e7681", "#ff7b72", "#56d364", "#e3b341", "#79c0ff", "#d2a8ff", "#76e3ea", "#f0f6fc");

    private static final int FONT = 14;

    /// Of a letter in the fonts named below; a narrower one leaves some ground on the right.
    private static final double LETTER = 0.602 * FONT;

    private static final int LINE = 21;
    private static final int MARGIN = 20;

    /// With the three dots that say 'window'.
    private static final int BAR = 34;

    /// Colours and bold are known; whatever else a program tells its terminal is an error, so that no picture lies.
    static Screen of(String said) {
        var lines = new ArrayList<List<Piece>>(List.of(new ArrayList<>()));
        var style = Style.PLAIN;
        var tokens = TOKEN.matcher(said);
        while (tokens.find()) {
            var token = tokens.group();
            if (tokens.group(1) != null) {
                for (var code : tokens.group(1).split(";", -1)) {
                    style = styled(style, code);
                }
            } else if (token.endsWith("\n")) {
                lines.add(new ArrayList<>());
            } else if (Character.isISOControl(token.charAt(0))) {
                throw new IllegalArgumentException(
                        String.format("no picture of U+%04X: Screen must learn it first", (int) token.charAt(0)));
            } else {
                lines.getLast().add(new Piece(token, style));
            }
        }
        while (!lines.isEmpty() && lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        return new Screen(lines);
    }

    private static Style styled(Style style, String code) {
        return switch (code) {
            case "", "0" -> Style.PLAIN;
            case "1" -> new Style(true, style.dim, style.colour);
            case "2" -> new Style(style.bold, true, style.colour);
            case "22" -> new Style(false, false, style.colour);
            case "39" -> new Style(style.bold, style.dim, -1);
            case String colour
            when colour.matches("3[0-7]") -> new Style(style.bold, style.dim, colour.charAt(1) - '0');
            default -> throw new IllegalArgumentException("no picture of SGR " + code + ": Screen must learn it first");
        };
    }

    /// @param columns of the terminal
    String svg(String title, int columns) {
        var width = Math.round(columns * LETTER) + 2 * MARGIN;
        var height = BAR + lines.size() * LINE + MARGIN;
        var svg = new StringBuilder("""
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" role="img">
                <title>%3$s</title>
                <rect x="0.5" y="0.5" width="%4$d" height="%5$d" rx="9" fill="#161b22" stroke="#444c56"/>
                <g fill="#444c56"><circle cx="22" cy="18" r="5"/><circle cx="40" cy="18" r="5"/><circle cx="58" cy="18" r="5"/></g>
                <g font-family="ui-monospace, SFMono-Regular, Menlo, 'DejaVu Sans Mono', 'Liberation Mono', Consolas, monospace" \
                font-size="%6$d" fill="#d1d7e0" xml:space="preserve" style="white-space: pre">
                """.formatted(width, height, escaped(title), width - 1, height - 1, FONT));
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isEmpty()) {
                svg.append("<text x=\"%d\" y=\"%d\">".formatted(MARGIN, BAR + i * LINE + FONT + 2));
                lines.get(i).forEach(piece -> svg.append(drawn(piece)));
                svg.append("</text>\n");
            }
        }
        return svg.append("</g>\n</svg>\n").toString();
    }

    private static String drawn(Piece piece) {
        var style = piece.style;
        var look = (style.colour < 0 ? "" : " fill=\"" + COLOURS.get(style.colour) + "\"")
                + (style.bold ? " font-weight=\"bold\"" : "")
                + (style.dim ? " fill-opacity=\"0.65\"" : "");
        var text = escaped(piece.text);
        return look.isEmpty() ? text : "<tspan" + look + ">" + text + "</tspan>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
