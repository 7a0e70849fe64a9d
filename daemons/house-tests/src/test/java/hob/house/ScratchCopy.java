package hob.house;

import hob.testing.Checkout;
import hob.testing.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The checkout's own files in another folder, to plant a fault in.
final class ScratchCopy {
    private static final Set<String> LEFT_OUT = Set.of(".git", "target");

    private final Path root;

    private ScratchCopy(Path root) {
        this.root = root;
    }

    static ScratchCopy in(Path folder) {
        var from = Checkout.root();
        try {
            Files.walkFileTree(from, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path source, BasicFileAttributes attributes)
                        throws IOException {
                    if (LEFT_OUT.contains(source.getFileName().toString())) {
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    Files.createDirectories(folder.resolve(from.relativize(source)));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path source, BasicFileAttributes attributes) throws IOException {
                    Files.copy(source, folder.resolve(from.relativize(source)), StandardCopyOption.COPY_ATTRIBUTES);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ScratchCopy(folder);
    }

    Path root() {
        return root;
    }

    /// What was compiled of it, and no tests, so that a build has nothing to compile.
    ScratchCopy takeClasses() {
        var taken = Command.run(root, "bash", "-euc", """
                rm -r */src/test daemons/*/src/test
                for classes in $(cd %1$s && ls -d */target/classes daemons/*/target/classes); do
                    mkdir -p "$(dirname $classes)"
                    cp -a "%1$s/$classes" "$classes"
                done
                """.formatted(Checkout.root()));
        if (taken.exit() != 0) {
            throw new IllegalStateException("no classes: " + taken.output());
        }
        return this;
    }

    ScratchCopy plant(String file, String content) {
        try {
            Files.createDirectories(root.resolve(file).getParent());
            Files.writeString(root.resolve(file), content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ScratchCopy change(String file, String from, String to) {
        try {
            var before = Files.readString(root.resolve(file));
            if (!before.contains(from)) {
                throw new IllegalArgumentException(file + " has no '" + from + "' any more: mend the alarm test");
            }
            return plant(file, before.replace(from, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As CI runs it, and without the network: what the real build needed is there already.
    Command run(String... words) {
        return Command.run(root, Map.of("CI", "true", "MAVEN_ARGS", ""), List.of(words));
    }
}
