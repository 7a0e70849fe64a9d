package hob.testing;

import static org.assertj.core.api.Assertions.assertThat;

import hob.contract.Family;
import hob.daemon.Config;
import hob.daemon.ConfigPage;
import hob.daemon.Secret;
import hob.daemon.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the config record of every daemon promises to those who write its file. A daemon's own test inherits this, and
/// pins the defaults.
public interface ConfigPromises {
    Family member();

    Class<? extends Record> config();

    @Test
    default void pageIsWhatTheRecordSays() {
        Golden.check("docs/config/" + member().word() + ".md", ConfigPage.page(member(), config()));
    }

    @Test
    default void fileThatIsInstalledIsWhatTheRecordSays() {
        Golden.check("etc/" + member().word() + ".toml", ConfigPage.sample(member(), config()));
    }

    @Test
    default void everySettingHasItsSentence() {
        assertThat(settings())
                .as("each @Doc is a sentence, with a full stop, that says what the setting is for")
                .allSatisfy(setting -> assertThat(setting.doc()).matches("[A-Z].{10,}\\."));
    }

    /// Nothing is unbounded, and who meets a bound wants to know what it is good for.
    @Test
    default void everyNumberAndTimeHasItsBoundsAndTheirReason() {
        assertThat(settings().stream().filter(ConfigPromises::isCounted))
                .as("each number and time has @Between, and behind a colon in its @Doc the reason for a bound")
                .allSatisfy(setting -> {
                    assertThat(setting.least()).as(setting.key()).isNotNull();
                    assertThat(setting.doc()).matches(".+: .{10,}");
                });
    }

    @Test
    default void sampleSaysWhatIsSoAnyway(@TempDir Path folder) throws IOException, Config.Wrong {
        var sample = ConfigPage.sample(member(), config());
        var uncommented = sample.replaceAll("(?m)^#(?=[a-z0-9-]+ = )", "");
        if (settings().stream().allMatch(ConfigPromises::isKnownAnywhere)) {
            var defaults = Config.defaults(config());
            assertThat(read(folder, sample)).isEqualTo(defaults);
            assertThat(read(folder, uncommented)).isEqualTo(defaults);
        }
        assertThat(uncommented.lines().filter(line -> !line.isEmpty() && !line.startsWith("#")))
                .as("settings in the sample")
                .hasSameSizeAs(settings());
    }

    private List<Setting> settings() {
        return Config.settings(config());
    }

    private static boolean isCounted(Setting setting) {
        return Set.of(int.class, long.class, double.class, Duration.class).contains(setting.type());
    }

    /// What must be said has no default, and a secret is not here.
    private static boolean isKnownAnywhere(Setting setting) {
        return setting.fallback() != null && setting.type() != Secret.class;
    }

    private Record read(Path folder, String text) throws IOException, Config.Wrong {
        return Config.readNamed(config(), Files.writeString(folder.resolve("sample.toml"), text));
    }
}
