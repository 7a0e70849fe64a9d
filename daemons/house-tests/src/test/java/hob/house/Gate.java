package hob.house;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import hob.testing.Checkout;
import java.nio.file.Path;
import java.util.List;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/// Runs a gate's own test class over another checkout, as the build would, and tells what it found.
final class Gate {
    private Gate() {}

    record Verdict(long passed, long skipped, List<String> findings) {}

    static Verdict over(Path checkout, Class<?> gate) {
        var summary = new SummaryGeneratingListener();
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(gate))
                .build();
        Checkout.at(checkout, () -> LauncherFactory.create().execute(request, summary));
        var counted = summary.getSummary();
        return new Verdict(
                counted.getTestsSucceededCount(),
                counted.getTestsAbortedCount() + counted.getTestsSkippedCount(),
                counted.getFailures().stream()
                        .map(failure -> String.valueOf(failure.getException().getMessage()))
                        .toList());
    }
}
