package hob.house;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.testing.Box;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What is tried on a memory in a box, once under each systemd. It is well before each test.
@ParameterizedClass
@EnumSource(Box.Tree.class)
class OnEachSystemd {
    private static @Nullable Patient installed;

    final Box.Tree tree;
    final Patient memory = Objects.requireNonNull(installed);

    OnEachSystemd(Box.Tree tree) throws IOException {
        this.tree = tree;
        memory.cured();
    }

    @BeforeParameterizedClassInvocation
    static void install(Box.Tree tree) {
        assumeTrue(tree.missing().isEmpty(), tree::missing);
        installed = new Patient(tree);
    }

    @AfterParameterizedClassInvocation
    static void close() {
        if (installed != null) {
            installed.close();
            installed = null;
        }
    }
}
