package hob.hand;

import hob.contract.Json;
import hob.ipc.RecordShape;
import hob.ipc.RecordShape.Field;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A record as a person reads it: whatever a contract can carry, laid out by its shape alone.
///
/// @param width 0 is any
record Shown(Paint paint, int width, Times times) {
    private static final String INDENT = "  ";

    List<String> lines(Record record) {
        var lines = new ArrayList<String>();
        var fields = RecordShape.of(record.getClass()).fields();
        if (fields.size() == 1 && fields.getFirst().inner() != null) { // its name says no more than the call does
            inner(fields.getFirst().of(record), "", lines);
        } else {
            card(record, "", lines);
        }
        return lines.isEmpty()
                ? List.of(Names.kebab(RecordShape.of(record.getClass()).name()))
                : lines;
    }

    private void inner(@Nullable Object value, String indent, List<String> lines) {
        switch (value) {
            case null -> {}
            case Record one -> card(one, indent, lines);
            case List<?> many -> many(many, indent, lines);
            default -> lines.add(indent + text(value));
        }
    }

    /// A line for each field, longer texts below their names.
    private void card(Record record, String indent, List<String> lines) {
        var fields = RecordShape.of(record.getClass()).fields();
        var labels = fields.stream()
                .filter(field -> isShort(field.of(record)))
                .mapToInt(field -> label(field).length())
                .max()
                .orElse(0);
        for (var field : fields) {
            var value = field.of(record);
            if (value == null) {
                continue;
            }
            if (isShort(value)) {
                row(Columns.padded(label(field), labels), words(field, value), indent, lines);
            } else {
                lines.add(indent + paint.heading(label(field)));
                if (value instanceof Record || value instanceof List<?>) {
                    inner(value, indent + INDENT, lines);
                } else {
                    text(value).lines().forEach(line -> lines.add(indent + INDENT + line));
                }
            }
        }
    }

    private void row(String label, String words, String indent, List<String> lines) {
        var room = width == 0 ? 0 : width - indent.length() - label.length() - INDENT.length();
        if (width != 0 && room < Terminal.COLUMNS_LEAST / 2) {
            lines.add(indent + paint.heading(label.strip()));
            Columns.wrapped(words, width - 2).forEach(line -> lines.add(indent + INDENT + line));
            return;
        }
        var first = true;
        for (var line : Columns.wrapped(words, room)) {
            lines.add(indent + (first ? paint.heading(label) : " ".repeat(label.length())) + INDENT + line);
            first = false;
        }
    }

    private void many(List<?> values, String indent, List<String> lines) {
        if (values.isEmpty()) {
            lines.add(indent + paint.quiet("none"));
        } else if (values.getFirst() instanceof Record) {
            var records = values.stream().map(Record.class::cast).toList();
            var table = table(records, indent);
            if (!table.isEmpty()) {
                lines.addAll(table);
                return;
            }
            for (int i = 0; i < records.size(); i++) {
                if (i > 0) {
                    lines.add("");
                }
                card(records.get(i), indent, lines);
            }
        } else {
            values.forEach(value -> inner(value, indent, lines));
        }
    }

    /// Empty where a row does not fit on a line.
    private List<String> table(List<Record> records, String indent) {
        var fields = RecordShape.of(records.getFirst().getClass()).fields();
        var rows = new ArrayList<List<String>>();
        for (var record : records) {
            if (!fields.stream().allMatch(field -> isShort(field.of(record)))) {
                return List.of();
            }
            rows.add(fields.stream().map(field -> cell(field, record)).toList());
        }
        var heads = fields.stream()
                .map(field -> label(field).toUpperCase(Locale.ROOT))
                .toList();
        return Table.lines(heads, rows, width == 0 ? 0 : width - indent.length(), paint).stream()
                .map(line -> indent + line)
                .toList();
    }

    private String cell(Field field, Record record) {
        var value = field.of(record);
        return value == null ? "-" : words(field, value);
    }

    /// Whether it goes on the line of its name.
    private static boolean isShort(@Nullable Object value) {
        return switch (value) {
            case null -> true;
            case Record _ when !(value instanceof Json) -> false;
            case Json json -> json.text().indexOf('\n') < 0;
            case List<?> many -> many.stream().noneMatch(one -> one instanceof Record || one instanceof List<?>);
            case String text -> text.indexOf('\n') < 0;
            default -> true;
        };
    }

    private static String label(Field field) {
        return Names.kebab(field.name().replaceFirst("_(ms|bytes)$", ""));
    }

    private String words(Field field, Object value) {
        if (value instanceof Number number && field.name().endsWith("_ms")) {
            return Times.lasting(Duration.ofMillis(number.longValue()));
        } else if (value instanceof Number number && field.name().endsWith("_bytes")) {
            return Times.bytes(number.longValue());
        }
        return text(value);
    }

    private String text(Object value) {
        return switch (value) {
            case Instant moment -> times.of(moment);
            case Boolean truth -> truth ? "yes" : "no";
            case Enum<?> choice -> choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
            case Json json -> Columns.harmless(json.text());
            case List<?> many -> many.stream().map(this::text).collect(Collectors.joining(", "));
            default -> Columns.harmless(String.valueOf(value));
        };
    }
}
