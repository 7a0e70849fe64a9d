package hob.install;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// Makes one thing hold after the other.
public record Course(List<Step> steps) {
    /// How it came about that it holds.
    public enum How {
        WAS_SO,
        DONE,
        /// It is not so, and nothing was done as nothing should be.
        WOULD_BE,
        /// It could not be done, and everything works without it.
        WITHOUT
    }

    /// Who listens.
    @FunctionalInterface
    public interface Teller {
        /// Tells of one, when it is over.
        ///
        /// @param note what is to be said beyond, or nothing
        void tell(Step step, How how, Duration took, String note);
    }

    public Course {
        steps = List.copyOf(steps);
    }

    /// Goes through all of them.
    ///
    /// @throws CannotInstall where one cannot be made to hold; those before it do
    public void run(Teller teller) throws IOException {
        for (var step : steps) {
            var began = System.nanoTime();
            if (step.isSo().isSo()) {
                teller.tell(step, How.WAS_SO, since(began), "");
                continue;
            }
            try {
                step.deed().make();
                teller.tell(step, How.DONE, since(began), "");
            } catch (Shortcoming e) {
                teller.tell(step, How.WITHOUT, since(began), String.valueOf(e.getMessage()));
            }
        }
    }

    /// Only looks.
    public void tellOnly(Teller teller) throws IOException {
        for (var step : steps) {
            teller.tell(step, step.isSo().isSo() ? How.WAS_SO : How.WOULD_BE, Duration.ZERO, "");
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
