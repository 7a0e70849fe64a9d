package hob.hand;

import hob.contract.Call;
import hob.contract.Family;
import hob.contract.HouseCall.Settled;
import hob.contract.StreamCall;
import hob.ipc.CallType;
import hob.ipc.Client;
import hob.ipc.Client.Manner;
import hob.ipc.Fault;
import hob.ipc.RecordShape.Field;
import hob.ipc.Typed;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/// `hob call WORD CALL field=value ...`: one call, made of the contract and of what was typed. A change goes out with a
/// key, so that it is done once however often the wire makes it be asked.
final class Asking {
    /// Saying that a key will not be asked with again is a courtesy, and nobody waits for it.
    private static final Duration COURTESY = Duration.ofSeconds(1);

    private final Errand errand;
    private final Family member;
    private final CallType type;

    private Asking(Errand errand, Family member, CallType type) {
        this.errand = errand;
        this.member = member;
        this.type = type;
    }

    static Exit run(Errand errand, List<String> words) {
        if (words.size() < 2) {
            throw Refused.usage("call wants WORD and CALL, such as 'hob call memory blocks'"
                    + (words.isEmpty() ? "" : " ('hob describe " + words.getFirst() + "' lists its calls)"));
        }
        var member = Errand.member(words.getFirst());
        var type = errand.call(member, words.get(1));
        return new Asking(errand, member, type).run(words.subList(2, words.size()));
    }

    private Exit run(List<String> fields) {
        var key = key();
        var call = typed(fields);
        try (var client = errand.client(member)) {
            var manner = key.isEmpty()
                    ? errand.options().manner()
                    : errand.options().manner().keyed(key);
            ask(client, (Call<?>) call, manner);
            if (errand.options().key() == null && type.isChange()) {
                settle(client, key);
            }
        } catch (Fault fault) {
            var told = errand.told(member, fault);
            throw told.code() == Fault.Code.UNKNOWN && type.isChange() ? unknown(told, key) : told;
        }
        return Exit.OK;
    }

    /// What is wrong is said in the words in which it was typed.
    private Record typed(List<String> fields) {
        var given = Given.read(type, fields, errand.surroundings().in());
        try {
            return Typed.call(type, given);
        } catch (Fault wrong) {
            var sentence = wrong.getMessage().replaceFirst("^" + type.name() + ":", Names.kebab(type.name()) + ":");
            sentence = Names.asTyped(
                    sentence, type.call().fields().stream().map(Field::name).toList());
            throw Refused.usage(
                    sentence.endsWith(" is missing")
                            ? sentence + " ('hob " + member.word() + " " + Describing.synopsis(type) + "')"
                            : sentence);
        }
    }

    /// Given, made, or none.
    private String key() {
        var given = errand.options().key();
        var name = Names.kebab(type.name());
        if (given != null) {
            if (!type.takesKey()) {
                throw Refused.usage(name + " changes nothing, and takes no --key");
            }
            return given;
        } else if (type.takesKey() && !type.isChange()) {
            throw Refused.usage(name + " wants --key, that of the call it asks about");
        }
        return type.isChange() ? "hob-" + UUID.randomUUID() : "";
    }

    private void ask(Client client, Call<?> call, Manner manner) {
        var out = errand.out();
        if (errand.options().json()) {
            var heard = manner.overheardBy(frame -> {
                out.line(frame);
                out.flush();
            });
            if (call instanceof StreamCall<?, ?> stream) {
                client.listen(stream, heard, _ -> {});
            } else {
                client.ask(call, heard);
            }
            return;
        }
        var shown = errand.shown();
        var answer = call instanceof StreamCall<?, ?> stream
                ? client.listen(stream, manner, item -> {
                    shown.lines((Record) item).forEach(out::line);
                    out.flush();
                })
                : client.ask(call, manner);
        shown.lines(answer).forEach(out::line);
        out.flush();
    }

    private static void settle(Client client, String key) {
        try {
            client.ask(new Settled(List.of(key)), Manner.USUAL.within(COURTESY));
        } catch (Fault quiet) {
            // the member lets go of it by itself some day
        }
    }

    private Refused unknown(Fault fault, String key) {
        return new Refused(
                Exit.UNKNOWN,
                fault.getMessage() + "; 'hob " + member.word() + " outcome --key " + key
                        + "' tells, and the same command with '--key " + key + "' does it, if it was not done",
                key);
    }
}
