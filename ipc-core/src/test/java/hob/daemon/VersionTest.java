package hob.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VersionTest {
    @Test
    void isTheVersionOfTheBuild() {
        assertThat(Version.text()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
    }
}
