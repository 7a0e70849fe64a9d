package hob.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hob.install.UserUnits.Places;
import hob.testing.Checkout;
import hob.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The shipped units, as they are said to the systemd of a user.
class UserUnitsTest {
    private static final Path HOME = Path.of("/home/ann");
    private static final Places PLACES = new Places(
            HOME, HOME.resolve(".local/share/hob"), HOME.resolve(".config/hob"), HOME.resolve(".local/state/hob"));

    private static Map<String, String> shipped() throws IOException {
        var units = Checkout.root().resolve("units");
        try (var files = Files.walk(units)) {
            return files.filter(Files::isRegularFile)
                    .collect(Collectors.toMap(
                            file -> units.relativize(file).toString(), Golden::read, (one, _) -> one, TreeMap::new));
        }
    }

    private static Map<String, String> ofAUser() throws IOException {
        var texts = new TreeMap<String, String>();
        shipped().forEach((file, text) -> UserUnits.of(file, text, PLACES).ifPresent(said -> texts.put(file, said)));
        return texts;
    }

    private static String settings(String text) {
        return text.lines().filter(line -> !line.startsWith("#")).collect(Collectors.joining("\n"));
    }

    @Test
    void allUnitsAreThereAndNothingThatIsForTheWholeMachine() throws IOException {
        assertThat(ofAUser().keySet())
                .contains("hob-memory.service", "hob.target", "hob.slice", "hob-.service.d/10-hardening.conf")
                .noneMatch(file -> file.contains("sysusers") || file.contains("tmpfiles") || !file.contains("hob"));
    }

    @Test
    void noSettingNamesAPlaceOrAUserOfTheMachine() throws IOException {
        ofAUser()
                .forEach((file, text) -> assertThat(settings(text))
                        .as(file)
                        .doesNotContain("/opt/hob", "/etc/hob", "/var/lib", "User=", "multi-user.target", "=+")
                        .doesNotContainPattern("(?<!%t)/run/hob"));
    }

    @Test
    void aMemberHasItsFoldersAndKnowsThem() throws IOException {
        assertThat(settings(ofAUser().getOrDefault("hob-memory.service", "")).lines())
                .contains(
                        "ExecStart=/home/ann/.local/share/hob/current/runtime/bin/java @java.options -Xmx${HEAP}"
                                + " hob.memory.Main",
                        "Environment=HOB_RUNTIME_DIR=%t/hob HOB_CONFIG_DIR=/home/ann/.config/hob",
                        "Environment=STATE_DIRECTORY=/home/ann/.local/state/hob/memory",
                        "BindPaths=/home/ann/.local/state/hob/memory",
                        "RuntimeDirectory=hob/memory",
                        "RuntimeDirectoryPreserve=yes",
                        "NoExecPaths=/home/ann/.local/state/hob/memory %t/hob/memory");
        assertThat(settings(ofAUser().getOrDefault("hob.target", ""))).contains("WantedBy=default.target");
    }

    @Test
    void theSandboxHidesTheHomeAndOpensWhatIsNeededOfIt() throws IOException {
        assertThat(settings(ofAUser().getOrDefault("hob-.service.d/10-hardening.conf", ""))
                        .lines())
                .contains(
                        "PrivateUsers=yes",
                        "ProtectHome=tmpfs",
                        "TemporaryFileSystem=/run:ro /home/ann:ro",
                        "BindReadOnlyPaths=-/home/ann/.config/hob",
                        "ProtectSystem=strict",
                        "PrivateNetwork=yes");
    }

    @Test
    void everyRuleIsOfUseAndOneThatIsNotIsFound() throws IOException {
        assertThat(UserUnits.unused(shipped().values())).isEmpty();

        var changed = new TreeMap<>(shipped());
        changed.replaceAll((_, text) -> text.replace("ProtectHome=yes", "ProtectHome=read-only"));
        assertThat(UserUnits.unused(changed.values())).containsExactly("HOME");
    }

    @Test
    void aFolderThatAUnitCannotNameIsRefused() {
        for (var name : new String[] {"/home/ann lee", "/home/%i", "/home/a:b", "home/ann"}) {
            assertThatThrownBy(() -> new Places(Path.of(name), HOME, HOME, HOME))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the folder '" + name + "' cannot be named in a unit");
        }
    }
}
