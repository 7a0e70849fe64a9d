package hob.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FamilyTest {
    @ParameterizedTest
    @EnumSource
    void asksOnlyThoseWhoStartBefore(Family member) {
        assertThat(member.asks()).allMatch(asked -> asked.compareTo(member) < 0);
    }

    @ParameterizedTest
    @EnumSource
    void oneWordNamesItAll(Family member) {
        assertThat(member.word()).matches("[a-z]+(-[a-z]+)*");
        assertThat(member.unit()).isEqualTo(member.user() + ".service");
    }
}
