package hob.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files that code writes and people review: compared by `scripts/test`, written anew by `scripts/dev update`.
public final class Golden {
    private Golden() {}

    /// The whole file is generated.
    public static void check(String file, String wanted) {
        var path = Checkout.root().resolve(file);
        if (updating()) {
            write(path, wanted);
        }
        assertThat(Files.exists(path) ? read(path) : "(no such file)")
                .as("%s is not what the code says; 'scripts/dev update' writes it anew, then look at the diff", file)
                .isEqualTo(wanted);
    }

    /// Only what stands between `<!-- generated: name -->` and `<!-- end: name -->` is generated.
    public static void checkPart(String file, String name, String wanted) {
        var path = Checkout.root().resolve(file);
        var whole = read(path);
        var begin = "<!-- generated: " + name + " -->\n";
        var from = whole.indexOf(begin);
        var to = whole.indexOf("<!-- end: " + name + " -->");
        assertThat(from >= 0 && to > from)
                .as("%s has the marks '<!-- generated: %s -->' and '<!-- end: %s -->'", file, name, name)
                .isTrue();
        check(file, whole.substring(0, from) + begin + wanted + whole.substring(to));
    }

    public static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean updating() {
        return Boolean.getBoolean("hob.update") && !Checkout.isScratch();
    }

    private static void write(Path path, String text) {
        try {
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
