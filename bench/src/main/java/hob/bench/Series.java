package hob.bench;

import hob.bench.Pair.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The same measurement, once a round.
final class Series {
    private final List<Sample> rounds = new ArrayList<>();

    void add(Sample sample) {
        rounds.add(sample);
    }

    double median() {
        return middle(rounds.stream().map(Sample::median).toList());
    }

    double least() {
        return rounds.stream().mapToDouble(Sample::median).min().orElseThrow();
    }

    double most() {
        return rounds.stream().mapToDouble(Sample::median).max().orElseThrow();
    }

    double high() {
        return middle(rounds.stream().map(Sample::high).toList());
    }

    /// For what is counted too coarsely to be looked at round by round.
    double mean(ToDoubleFunction<Sample> of) {
        return rounds.stream().mapToDouble(of).average().orElseThrow();
    }

    static double middle(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
