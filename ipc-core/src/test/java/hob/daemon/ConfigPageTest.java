package hob.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hob.contract.Default;
import hob.contract.Doc;
import hob.contract.Family;
import hob.testing.Checkout;
import hob.testing.ConfigPromises;
import hob.testing.Golden;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page of a config says what a person wants to know, and what every config promises can be broken.
class ConfigPageTest {
    enum Pace {
        SLOW,
        VERY_FAST
    }

    /// All that a config can have.
    record Kettle(
            @Doc("Where it stands.") @Default("/kitchen") Path place,

            @Doc("How many cups at once: more than that boil over.")
            @Default("5")
            @Between(least = "1", most = "100")
            @Live
            int cupsMax,

            @Doc("How full it is: below a fifth it boils dry.") @Default("0.5") @Between(least = "0.2", most = "1")
            double filled,

            @Doc("How long it boils: the tea wants no less.") @Default("90s") @Between(least = "1s", most = "10m") @Live
            Duration boilFor,

            @Doc("How it is carried | brought.") @Default("very-fast")
            Pace pace,

            @Doc("Whether it whistles.") @Default("true") boolean whistles,

            @Doc("With whom it stands.") @Default("cup, pot")
            List<String> friends,

            @Doc("What stands on its \"lid\".") @Default("a \"lid\"")
            String lid) {}

    /// What must be said, and what says nothing about itself.
    record Careless(
            @Doc("What opens it.") Secret word,
            @Doc("how many") @Default("5") int cupsMax) {}

    private static final ConfigPromises CARELESS = new ConfigPromises() {
        @Override
        public Family member() {
            return Family.MATRIX;
        }

        @Override
        public Class<? extends Record> config() {
            return Careless.class;
        }
    };

    @Test
    void everythingThatAConfigCanHaveReadsWell() {
        Golden.check(
                "ipc-core/src/test/resources/golden/kettle-config.md", ConfigPage.page(Family.MEMORY, Kettle.class));
    }

    @Test
    void whatMustBeSaidReadsWell() {
        assertThat(ConfigPage.page(Family.MATRIX, Careless.class))
                .contains("These must be there: `word`. All others have a default.")
                .contains("| `word` | a secret | none: it must be there | restart | What opens it. |")
                .contains("All settings take effect by `systemctl restart hob-matrix`.");
    }

    /// The promises, kept: its page is the golden one above.
    @Nested
    class Kept implements ConfigPromises {
        @Override
        public Family member() {
            return Family.MEMORY;
        }

        @Override
        public Class<? extends Record> config() {
            return Kettle.class;
        }

        @Override
        public void pageIsWhatTheRecordSays() {} // a kettle has none, and is not installed

        @Override
        public void fileThatIsInstalledIsWhatTheRecordSays() {}
    }

    @Test
    void aSettingThatSaysNothingIsFound() {
        assertThatThrownBy(CARELESS::everySettingHasItsSentence)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("each @Doc is a sentence")
                .hasMessageContaining("how many");
    }

    @Test
    void aNumberWithoutBoundsIsFound() {
        assertThatThrownBy(CARELESS::everyNumberAndTimeHasItsBoundsAndTheirReason)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("cups-max");
    }

    @Test
    void aPageThatSaysSomethingElseIsFound(@TempDir Path scratch) {
        Checkout.at(
                scratch,
                () -> assertThatThrownBy(CARELESS::pageIsWhatTheRecordSays)
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining("docs/config/matrix.md is not what the code says"));
    }
}
