package hob.ipc;

import hob.contract.Family;
import hob.contract.HouseCall.Arrows;
import hob.contract.HouseCall.Describe;
import hob.contract.HouseCall.Described;
import hob.contract.HouseCall.Health;
import hob.contract.HouseCall.HealthReport;
import hob.contract.HouseCall.KeysLetGo;
import hob.contract.HouseCall.LogLevelSet;
import hob.contract.HouseCall.Metrics;
import hob.contract.HouseCall.MetricsRead;
import hob.contract.HouseCall.Outcome;
import hob.contract.HouseCall.OutcomeTold;
import hob.contract.HouseCall.Part;
import hob.contract.HouseCall.Ping;
import hob.contract.HouseCall.Pinged;
import hob.contract.HouseCall.SetLogLevel;
import hob.contract.HouseCall.Settled;
import hob.contract.Json;
import java.util.Objects;

/// How every daemon answers what every house is asked.
final class HouseAnswers {
    private final House house;
    private final Family member;
    private final Handlers<?> handlers;
    private final Upkeep upkeep;
    private final Meters meters;
    private final long began = System.nanoTime();

    HouseAnswers(House house, Family member, Handlers<?> handlers, Upkeep upkeep, Meters meters) {
        this.house = house;
        this.member = member;
        this.handlers = handlers;
        this.upkeep = upkeep;
        this.meters = meters;
    }

    void answerIn(Handlers<?> table) {
        table.on(Ping.class, this::ping)
                .on(Health.class, this::health)
                .on(Describe.class, _ -> new Described(new Json(Description.of(member, table.calls()))))
                .on(Metrics.class, _ -> new MetricsRead(meters.page()))
                .on(SetLogLevel.class, this::setLogLevel)
                .on(Outcome.class, this::outcome)
                .on(Settled.class, this::settled);
    }

    private Pinged ping(Ping call) {
        return new Pinged(
                member.word(),
                upkeep.version(),
                ProcessHandle.current().pid(),
                (System.nanoTime() - began) / 1_000_000);
    }

    private HealthReport health(Health call) {
        var parts = upkeep.parts().get();
        return new HealthReport(
                parts.stream().allMatch(Part::ok), house.oneUser() ? Arrows.ADVISORY : Arrows.ENFORCED, parts);
    }

    private LogLevelSet setLogLevel(SetLogLevel call) {
        upkeep.logLevel().accept(call.level());
        return new LogLevelSet(call.level());
    }

    private OutcomeTold outcome(Outcome call) throws Exception {
        var key = asked().key();
        if (key == null) {
            throw Fault.invalid("outcome: 'key' is missing");
        }
        return once().outcome(asked().caller(), key);
    }

    private KeysLetGo settled(Settled call) throws Exception {
        return new KeysLetGo(once().settle(asked().caller(), call.keys()));
    }

    private Once<?> once() {
        var once = handlers.once();
        if (once == null) {
            throw Fault.invalid(member.word() + " answers queries alone, and keeps no keys");
        }
        return once;
    }

    private static Asked asked() {
        return Objects.requireNonNull(Asked.current(), "answered outside of a call");
    }
}
