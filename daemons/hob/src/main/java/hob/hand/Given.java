package hob.hand;

import hob.ipc.CallType;
import hob.ipc.RecordShape.Field;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The fields of a call as they stand on the line: `name=value`, `name=@file`, `name=-` for what comes in, and
/// `name==value` for a value that would look like one of these.
final class Given {
    /// What a frame can hold at most: more cannot be sent, and need not be read.
    private static final int BYTES_MOST = 16 << 20;

    private final CallType call;
    private final InputStream in;
    private final Map<String, String> values = new HashMap<>();
    private String takesInput = "";

    private Given(CallType call, InputStream in) {
        this.call = call;
        this.in = in;
    }

    /// By the names that travel.
    static Map<String, String> read(CallType call, List<String> words, InputStream in) {
        var given = new Given(call, in);
        words.forEach(given::add);
        return given.values;
    }

    private void add(String word) {
        var equals = word.indexOf('=');
        if (equals < 0 && isField(word)) {
            throw Refused.usage("'" + Names.kebab(word) + "' has no value: write " + Names.kebab(word)
                    + "=VALUE, without a blank on either side of the '='");
        }
        if (equals < 0) {
            throw Refused.usage(Names.quoted(word) + " is no field: they are written name=value" + fields());
        }
        var typed = word.substring(0, equals);
        var names = call.call().fields().stream().map(Field::name).toList();
        var name = Names.snake(typed);
        if (!names.contains(name)) {
            throw Refused.usage(Names.kebab(call.name()) + " has no field " + Names.quoted(typed)
                    + Names.suggestion(typed, names) + fields());
        }
        if (values.containsKey(name)) {
            throw Refused.usage("the field '" + Names.kebab(name) + "' is given twice");
        }
        values.put(name, value(name, word.substring(equals + 1)));
    }

    private boolean isField(String word) {
        return call.call().fields().stream().anyMatch(field -> field.name().equals(Names.snake(word)));
    }

    private String fields() {
        var fields = call.call().fields();
        return fields.isEmpty()
                ? " (" + Names.kebab(call.name()) + " has none)"
                : " (" + Names.kebab(call.name()) + " has "
                        + String.join(
                                ", ",
                                fields.stream()
                                        .map(field -> Names.kebab(field.name()))
                                        .toList())
                        + ")";
    }

    private String value(String name, String typed) {
        if (typed.startsWith("=")) {
            return typed.substring(1);
        } else if (typed.equals("-")) {
            return input(name);
        }
        return typed.startsWith("@") ? file(name, typed.substring(1)) : typed;
    }

    private String input(String name) {
        if (!takesInput.isEmpty()) {
            throw Refused.usage("'" + Names.kebab(takesInput) + "' and '" + Names.kebab(name)
                    + "' cannot both be read from the standard input");
        }
        takesInput = name;
        try {
            return text(name, in, "the standard input");
        } catch (IOException e) {
            throw new Refused(Exit.NOT_FOUND, "the standard input cannot be read: " + e.getMessage());
        }
    }

    private static String file(String name, String file) {
        try (var content = Files.newInputStream(Path.of(file))) {
            return text(name, content, file);
        } catch (NoSuchFileException e) {
            throw new Refused(Exit.NOT_FOUND, unread(name, file, "is not there"));
        } catch (AccessDeniedException e) {
            throw new Refused(Exit.NOT_FOUND, unread(name, file, "may not be read by you"));
        } catch (IOException | InvalidPathException e) {
            throw new Refused(
                    Exit.NOT_FOUND,
                    Files.isDirectory(Path.of(file))
                            ? unread(name, file, "is a folder")
                            : unread(name, file, "cannot be read: " + e.getMessage()));
        }
    }

    private static String unread(String name, String file, String why) {
        return "'" + Names.kebab(name) + "' is the text of the file " + Names.quoted(file) + ", which " + why + " ('"
                + Names.kebab(name) + "==@...' is the text itself)";
    }

    private static String text(String name, InputStream content, String from) throws IOException {
        var bytes = content.readNBytes(BYTES_MOST + 1);
        if (bytes.length > BYTES_MOST) {
            throw Refused.usage(
                    "'" + Names.kebab(name) + "' is larger than 16 MiB, the most that can travel (" + from + ")");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refused.usage("'" + Names.kebab(name) + "' is not UTF-8, which is all that Hob reads (" + from + ")");
        }
    }
}
