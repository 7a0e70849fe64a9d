package hob.rehearsal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// A hash over all files of a release, as `scripts/lib/dist.sh` reckons it when it gives the release its name.
public final class Contents {
    private static final int DIGITS = 12;

    /// How is called what lies there while a cache is made, and stays where that is killed: nobody's part.
    public static final String UNFINISHED = ".hob-";

    private Contents() {}

    public static List<Path> unfinished(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(UNFINISHED))
                    .toList();
        }
    }

    /// As it is reckoned when a release gets its name.
    ///
    /// @param name the hash that stands in some files by now, where `HASH12` stood when it was reckoned
    public static String hash(Path folder, String name) throws IOException {
        var files = new ArrayList<String>();
        try (var walk = Files.walk(folder)) {
            walk.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> folder.relativize(file).toString())
                    .filter(file ->
                            !file.equals("name") && !file.matches("hob-\\w+\\.aot") && !file.startsWith(UNFINISHED))
                    .forEach(files::add);
        }
        files.sort((one, other) -> Arrays.compareUnsigned(one.getBytes(UTF_8), other.getBytes(UTF_8)));
        var sums = new StringBuilder();
        for (var file : files) {
            sums.append(sum(content(folder, file, name)))
                    .append("  ./")
                    .append(file)
                    .append('\n');
        }
        return sum(sums.toString().getBytes(UTF_8)).substring(0, DIGITS);
    }

    private static byte[] content(Path folder, String file, String name) throws IOException {
        var bytes = Files.readAllBytes(folder.resolve(file));
        var isNamed = file.equals("java.options") || file.equals("bin/hob");
        return isNamed ? new String(bytes, ISO_8859_1).replace(name, "HASH12").getBytes(ISO_8859_1) : bytes;
    }

    private static String sum(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
