package hob.ipc;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What a server counts and times. Labels are calls of the contract and codes of faults, so that no stranger's words
/// can make new series.
public final class Meters {
    /// From a call that only looks something up to one that thinks.
    private static final double[] SECONDS = {0.0001, 0.001, 0.01, 0.1, 1, 10, 60};

    private static final String ANSWERED = "OK";

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter calls = Counter.builder()
            .name("hob_calls_total")
            .help("Calls, by how they ended.")
            .labelNames("call", "code")
            .register(registry);
    private final Histogram seconds = Histogram.builder()
            .name("hob_call_seconds")
            .help("How long calls took from the whole frame to the whole answer.")
            .labelNames("call")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .register(registry);
    private final Counter notBegun = Counter.builder()
            .name("hob_calls_not_begun_total")
            .help("Calls whose caller had gone before they were begun.")
            .register(registry);
    private final Counter refused = Counter.builder()
            .name("hob_refused_total")
            .help("Connections and frames that were refused, by code.")
            .labelNames("code")
            .register(registry);
    private final Gauge connections =
            Gauge.builder().name("hob_connections").help("Open connections.").register(registry);
    private final Map<String, Series> series = new ConcurrentHashMap<>();

    private record Series(CounterDataPoint answered, DistributionDataPoint seconds) {}

    void answered(CallType call, long beganNanos) {
        var known = series.computeIfAbsent(
                call.name(), name -> new Series(calls.labelValues(name, ANSWERED), seconds.labelValues(name)));
        known.answered().inc();
        known.seconds().observe((System.nanoTime() - beganNanos) / 1e9);
    }

    void failed(CallType call, Fault.Code code) {
        calls.labelValues(call.name(), code.name()).inc();
    }

    void notBegun() {
        notBegun.inc();
    }

    void refused(Fault.Code code) {
        refused.labelValues(code.name()).inc();
    }

    void connections(int open) {
        connections.set(open);
    }

    public double callsNotBegun() {
        return notBegun.get();
    }

    /// For the daemon's own counters, which stand on the same page.
    public PrometheusRegistry registry() {
        return registry;
    }

    String page() {
        var bytes = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.builder().build().write(bytes, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException("a buffer in memory cannot fail", e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
