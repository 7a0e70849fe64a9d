package hob.ipc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hob.contract.HouseCall.LogLevel;
import hob.contract.HouseCall.SetLogLevel;
import hob.contract.HouseCall.Settled;
import hob.contract.Json;
import hob.testing.Workshop.Carry;
import hob.testing.Workshop.Colour;
import hob.testing.Workshop.Tool;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Whatever a contract can carry can be typed, and what cannot be sent is refused in the words of the wire.
class TypedTest {
    private static final CallType CARRY = CallType.of(Carry.class);

    private static Map<String, String> typed() {
        var typed = new HashMap<String, String>();
        typed.put("text", "[not json");
        typed.put("truth", "yes");
        typed.put("number", "-5");
        typed.put("large", "9007199254740992");
        typed.put("fraction", "2");
        typed.put("colour", "red");
        typed.put("moment", "2026-11-20T05:00:00+01:00");
        typed.put("json", "{\"a\":[1]}");
        typed.put("texts", "a,b,");
        typed.put("numbers", "1,2");
        typed.put("table", "[[1],[2,3]]");
        typed.put("colours", "[\"RED\",\"BLUE\"]");
        typed.put("tool", "{\"name\":\"saw\",\"weight_grams\":3,\"parts\":[]}");
        return typed;
    }

    @Test
    void everyTypeCanBeTyped() {
        var call = (Carry) Typed.call(CARRY, typed());
        assertThat(call.text()).isEqualTo("[not json");
        assertThat(call.truth()).isTrue();
        assertThat(call.number()).isEqualTo(-5);
        assertThat(call.numberOrFive()).isEqualTo(5);
        assertThat(call.maybeText()).isNull();
        assertThat(call.large()).isEqualTo(1L << 53);
        assertThat(call.fraction()).isEqualTo(2);
        assertThat(call.colour()).isEqualTo(Colour.RED);
        assertThat(call.moment()).isEqualTo(Instant.parse("2026-11-20T04:00:00Z"));
        assertThat(call.json()).isEqualTo(new Json("{\"a\":[1]}"));
        assertThat(call.texts()).containsExactly("a", "b", "");
        assertThat(call.numbers()).containsExactly(1L, 2L);
        assertThat(call.table()).containsExactly(List.of(1), List.of(2, 3));
        assertThat(call.colours()).containsExactly(Colour.RED, Colour.BLUE);
        assertThat(call.tool()).isEqualTo(new Tool("saw", 3, null, List.of()));
        assertThat(Typed.call(CallType.of(SetLogLevel.class), Map.of("level", "debug")))
                .isEqualTo(new SetLogLevel(LogLevel.DEBUG));
        assertThat(Typed.call(CallType.of(Settled.class), Map.of("keys", ""))).isEqualTo(new Settled(List.of()));
    }

    @Test
    void whatCannotBeSentIsRefused() {
        refused("number", "2147483648", "'number' is outside -2147483648..2147483647");
        refused("number", "\"5\"", "'number' is '\"5\"', where a whole number belongs");
        refused("number", "", "'number' is empty, where a whole number belongs");
        refused("large", "1 2", "'large' is '1 2', where a whole number belongs");
        refused("fraction", "1e999", "'fraction' is larger than a number can be");
        refused("fraction", "NaN", "'fraction' is 'NaN', where a number belongs");
        refused("truth", "1", "'truth' is '1', where true or false belongs");
        refused("moment", "noon", "'moment' is 'noon', and no time such as 2026-11-20T04:00:00Z");
        refused("colour", "bleu", "'colour' is 'bleu', not one of red, blue, other; did you mean 'blue'?");
        refused("numbers", "1,x", "'numbers[1]' is 'x', where a whole number belongs");
        refused("table", "[[1],[\"a\"]]", "'table[1][0]' is a string where a whole number belongs");
        refused("json", "{", "'json' is '{', where JSON belongs");
        refused("tool", "{\"name\":\"saw\"}", "'tool.weight_grams' is missing");
        refused("tool", "saw", "'tool' is 'saw', where an object in JSON belongs");
    }

    private static void refused(String field, String text, String sentence) {
        var typed = typed();
        typed.put(field, text);
        assertThatThrownBy(() -> Typed.call(CARRY, typed))
                .isInstanceOf(Fault.class)
                .hasMessage("carry: " + sentence);
    }
}
