package hob.bench;

import com.google.errorprone.annotations.FormatMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A table for people as it is measured, and the same figures as lines `name value unit` in a file.
final class Report {
    private final List<String> figures = new ArrayList<>();

    void title(String text) {
        System.out.println();
        System.out.println(text);
    }

    @FormatMethod
    void row(String format, Object... cells) {
        System.out.println(String.format(Locale.ROOT, format, cells).stripTrailing());
    }

    void figure(String name, double value, String unit) {
        figures.add(String.format(Locale.ROOT, "%s %.2f %s", name, value, unit));
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, figures);
        System.out.println();
        System.out.println("The same figures as lines: " + file);
    }
}
