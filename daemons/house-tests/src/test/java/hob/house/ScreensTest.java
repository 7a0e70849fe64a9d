package hob.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hob.contract.Family;
import hob.testing.Checkout;
import hob.testing.Command;
import hob.testing.Golden;
import hob.testing.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/// Makes a house well and ill, looks at it by `hob status` in a real terminal, and holds that against the pictures in
/// the docs.
@Tag("slow")
@Tag("writes")
@Tag("hand")
class ScreensTest {
    /// As wide as a window that stands beside another, and as a page shows without scaling.
    private static final int COLUMNS = 88;

    @TempDir(factory = LikeTheSample.class)
    private Path folder;

    @Test
    void thePicturesOfStatusAreTrue() throws IOException {
        assumeTrue(Command.exists("script"), "there is no 'script' (of util-linux) to make a terminal");
        try (var upstairs = new Upstairs(folder)) {
            assertThat(upstairs.run("scripts/up", "--detach").exit()).isZero();
            check("status-well", "hob status, when all is well", look(upstairs, 0));

            var memory = upstairs.pid(Family.MEMORY);
            Signal.send("STOP", memory);
            try {
                check("status-ill-stopped", "hob status, when memory is stopped", look(upstairs, 1));
            } finally { // or its end would be waited for
                Signal.send("CONT", memory);
            }

            Files.writeString(
                    upstairs.house().resolve("config/memory.toml"), "block-char = 8000\nlog-level = \"loud\"\n");
            assertThat(upstairs.again(Family.MEMORY).output()).contains("its config is wrong");
            check("status-ill-config", "hob status, when the config of memory is wrong", look(upstairs, 1));
        }
        try (var pictures = Files.list(Checkout.root().resolve("docs/screens"))) {
            assertThat(pictures).as("a picture for each that is drawn here").hasSize(3);
        }
    }

    private static void check(String name, String title, String screen) {
        Golden.check("docs/screens/" + name + ".svg", Screen.of(screen).svg(title, COLUMNS));
    }

    /// What stands on the screen then.
    private String look(Upstairs upstairs, int exit) {
        var looked = Command.run(
                folder,
                Map.of(
                        "HOB_RUNTIME_DIR",
                        upstairs.house().toString(),
                        "TERM",
                        "xterm",
                        "LC_ALL",
                        "C.UTF-8",
                        "NO_COLOR",
                        "",
                        "COLUMNS",
                        ""),
                List.of("script", "-qec", "stty cols " + COLUMNS + "; scripts/hob status", "/dev/null"));
        assertThat(looked.exit()).as(looked.output()).isEqualTo(exit);
        return "\u001b[2m$\u001b[0m hob status\n" + Sample.of(looked.output(), folder.toString());
    }

    /// A folder whose path is as long as that which the pictures show.
    private static final class LikeTheSample implements TempDirFactory {
        @Override
        public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext extension)
                throws IOException {
            var start = "/tmp/hob-";
            var letters = ThreadLocalRandom.current()
                    .ints(Sample.CHECKOUT.length() - start.length(), 'a', 'z' + 1)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
            return Files.createDirectory(Path.of(start + letters));
        }
    }
}
