package hob.ipc;

import hob.contract.Who;
import java.io.StringWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.ObjectWriteContext;

/// What can be asked, as a page for people: read from the contract, and so as true as the contract is.
public final class Reference {
    private final List<CallType> calls;
    private final Set<RecordShape> records = new LinkedHashSet<>();

    private Reference(List<CallType> calls) {
        this.calls = calls;
    }

    /// A page in Markdown for all calls of these rooms.
    ///
    /// @throws IllegalArgumentException where two records go by one name, or an example breaks its record's rules
    public static String page(String title, List<Class<?>> rooms) {
        var calls = rooms.stream().flatMap(room -> CallType.in(room).stream()).toList();
        return new Reference(calls).page(title);
    }

    private String page(String title) {
        findRecords();
        var parts = Stream.of(head(title), calls.stream().map(this::call), recordPages());
        return parts.flatMap(part -> part).collect(Collectors.joining("\n"));
    }

    private void findRecords() {
        for (var call : calls) {
            inner(call.call());
            call.items().forEach(this::inner);
            inner(call.answer());
        }
        calls.forEach(call -> records.remove(call.call())); // they are described already
        refuseSameNames();
    }

    /// `describe` knows records by their names as well.
    private void refuseSameNames() {
        Map<String, Class<?>> byName = new HashMap<>();
        var answers = calls.stream()
                .flatMap(call -> Stream.concat(Stream.of(call.call(), call.answer()), call.items().stream()));
        Stream.concat(answers, records.stream()).distinct().forEach(shape -> {
            var other = byName.put(shape.name(), shape.type());
            if (other != null) {
                throw new IllegalArgumentException(other.getName() + " and "
                        + shape.type().getName() + " are both '" + shape.name() + "' on one page; rename one");
            }
        });
    }

    private void inner(RecordShape shape) {
        for (var field : shape.fields()) {
            var inner = field.inner();
            if (inner != null && records.add(inner)) {
                inner(inner);
            }
        }
    }

    private Stream<String> head(String title) {
        var table = new StringBuilder("| call | | what it is for |\n|---|---|---|\n");
        for (var call : calls) {
            table.append(
                    "| [`%s`](#%s) | %s | %s |\n".formatted(call.name(), call.name(), kind(call), cell(call.doc())));
        }
        return Stream.of("# " + title + "\n", table.toString());
    }

    private static String kind(CallType call) {
        return (call.isChange() ? "change" : "query") + (call.isStream() ? ", a stream" : "");
    }

    private String call(CallType call) {
        var text = new StringBuilder("## " + call.name() + "\n\n");
        if (!call.doc().isEmpty()) {
            text.append(call.doc()).append("\n\n");
        }
        text.append(manner(call)).append("\n\n");
        text.append(call.call().fields().isEmpty() ? "It has no fields.\n" : table(call.call()));
        call.items().forEach(item -> text.append("\nAn item, ").append(described(item)));
        text.append(call.isStream() ? "\nAt the end, " : "\nAnswered by ").append(described(call.answer()));
        return text.append('\n').append(example(call)).toString();
    }

    private static String manner(CallType call) {
        var text = new StringBuilder("For " + words(call.who()) + ". ");
        text.append(
                call.isChange()
                        ? "A change: with a `key` it is done once, however often it is asked. "
                        : "A query: it may be asked again freely. ");
        if (call.takesKey() && !call.isChange()) {
            text.append("Its `key` is that of the call it asks about. ");
        }
        text.append("Answered within ").append(words(call.deadline())).append(", unless the caller says otherwise.");
        size(text, "The call", call.callBytesMost());
        size(text, "The answer", call.answerBytesMost());
        return text.toString();
    }

    private static void size(StringBuilder text, String what, int bytes) {
        if (bytes != Limits.FRAME_BYTES) {
            text.append(" %s may be up to %s long.".formatted(what, words(bytes)));
        }
    }

    private static String described(RecordShape shape) {
        return "`" + shape.name() + "`" + (shape.fields().isEmpty() ? ", without fields.\n" : ":\n\n" + table(shape));
    }

    private static String table(RecordShape shape) {
        var table = new StringBuilder("| field | type | | what it is |\n|---|---|---|---|\n");
        for (var field : shape.fields()) {
            table.append(
                    "| `%s` | %s | %s | %s |\n".formatted(field.name(), type(field), need(field), cell(field.doc())));
        }
        return table.toString();
    }

    private static String type(RecordShape.Field field) {
        var inner = field.inner();
        return inner == null
                ? field.type()
                : field.type().replace(inner.words(), "[" + inner.words() + "](#" + inner.name() + ")");
    }

    private static String need(RecordShape.Field field) {
        var fallback = field.fallback();
        if (fallback == null) {
            return field.isRequired() ? "required" : "optional";
        }
        var text = new StringWriter();
        try (var json = Wire.JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            field.shape().write(json, fallback);
        }
        return "else `" + cell(text.toString()) + "`";
    }

    private static String example(CallType call) {
        var frames = new StringBuilder("```\n-> " + Sample.call(call) + "\n");
        call.items()
                .forEach(item -> frames.append("<- ").append(Sample.item(item)).append('\n'));
        return frames.append("<- ")
                .append(Sample.answer(call))
                .append("\n```\n")
                .toString();
    }

    /// Each once, however many calls speak of it.
    private Stream<String> recordPages() {
        if (records.isEmpty()) {
            return Stream.empty();
        }
        return Stream.concat(
                Stream.of("## What these are made of\n"), records.stream().map(record -> {
                    var doc = RecordShape.docOf(record.type());
                    return "### " + record.name() + "\n\n" + (doc.isEmpty() ? "" : doc + "\n\n") + table(record);
                }));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }

    private static String words(List<Who> who) {
        return who.size() == Who.values().length
                ? "everyone in the house"
                : who.stream().map(Who::word).collect(Collectors.joining(", "));
    }

    static String words(Duration time) {
        var millis = time.toMillis();
        if (millis % 3_600_000 == 0) {
            return millis / 3_600_000 + " h";
        } else if (millis % 60_000 == 0) {
            return millis / 60_000 + " min";
        }
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }

    static String words(int bytes) {
        if (bytes % (1 << 20) == 0) {
            return (bytes >> 20) + " MiB";
        }
        return bytes % (1 << 10) == 0 ? (bytes >> 10) + " KiB" : bytes + " bytes";
    }
}
