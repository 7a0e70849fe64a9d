package hob.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings a database to the form that this code knows: `V1.sql`, `V2.sql`, ... beside a class, each once, all that are
/// missing in one transaction. `user_version` says how far it has come.
final class Migrations {
    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

    private Migrations() {}

    static void apply(Transaction transaction, Class<?> beside) throws SQLException, IOException {
        var steps = steps(beside);
        transaction.change("BEGIN IMMEDIATE");
        try {
            transaction.run(sql(Migrations.class, "house.sql"));
            var done = (int) transaction.number("PRAGMA user_version");
            if (done > steps.size()) {
                throw new IOException("it was written by a newer Hob (its form is " + done
                        + ", and this one knows up to " + steps.size() + "): install that one again");
            }
            for (var step : steps.subList(done, steps.size())) {
                transaction.run(step);
            }
            if (done < steps.size()) {
                transaction.run("PRAGMA user_version = " + steps.size());
                LOG.debug("form {} became {}", done, steps.size());
            }
            transaction.change("COMMIT");
        } catch (SQLException | IOException e) {
            takeBack(transaction, e);
            throw e;
        }
    }

    /// On a full disk SQLite has done so itself, and there is nothing left to take back: what failed first is told.
    private static void takeBack(Transaction transaction, Exception failed) {
        try {
            transaction.change("ROLLBACK");
        } catch (SQLException e) {
            failed.addSuppressed(e);
        }
    }

    private static List<String> steps(Class<?> beside) throws IOException {
        var steps = new ArrayList<String>();
        for (var step = find(beside, "V1.sql"); step != null; step = find(beside, "V" + (steps.size() + 1) + ".sql")) {
            steps.add(step);
        }
        return steps;
    }

    private static String sql(Class<?> beside, String name) throws IOException {
        var sql = find(beside, name);
        if (sql == null) {
            throw new IllegalStateException("the build left out " + name + " of " + beside.getPackageName());
        }
        return sql;
    }

    private static @Nullable String find(Class<?> beside, String name) throws IOException {
        try (var resource = beside.getResourceAsStream(name)) {
            return resource == null ? null : new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
