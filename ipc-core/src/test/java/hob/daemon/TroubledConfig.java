package hob.daemon;

import hob.contract.Default;
import hob.contract.HouseCall.LogLevel;
import java.time.Duration;

/// @param troubled whether it answers what gets it into trouble
/// @param opening how opening its parts goes
/// @param openFor how long that takes
record TroubledConfig(
        @Default("info") @Live LogLevel logLevel,

        @Default("5") @Between(least = "1", most = "100") @Live
        int cupsMax,

        @Default("30s") Duration boilFor,
        @Default("true") boolean troubled,
        @Default("well") Opening opening,
        @Default("0s") Duration openFor)
        implements Configured {
    enum Opening {
        WELL,
        FINDS_DAMAGE,
        FINDS_NO_DISK,
        HAS_A_BUG
    }

    TroubledConfig {
        if (cupsMax > 50 && boilFor.compareTo(Duration.ofMinutes(1)) < 0) {
            throw new IllegalArgumentException("more than 50 cups boil for a minute: see 'cups-max', 'boil-for'");
        }
    }
}
