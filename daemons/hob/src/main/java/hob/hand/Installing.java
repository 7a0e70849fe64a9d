package hob.hand;

import hob.hand.Told.Deed;
import hob.hand.Told.Installed;
import hob.install.CannotInstall;
import hob.install.Course;
import hob.install.Course.How;
import hob.install.Hindrances;
import hob.install.Installation;
import hob.install.Linger;
import hob.install.Places;
import hob.install.Release;
import hob.install.Removal;
import hob.install.Sole;
import hob.install.Step;
import hob.ipc.Spelling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;

/// `hob install-systemd` and `hob uninstall`: what shall hold, and how each came about.
final class Installing {
    private static final String WIDTH_OF_HOW = "%9s";

    private final Errand errand;
    private final InstallOptions options;
    private final List<Deed> deeds = new ArrayList<>();
    private final long began = System.nanoTime();

    private Installing(Errand errand) {
        this.errand = errand;
        this.options = errand.options().install();
    }

    static Exit install(Errand errand, List<String> words) {
        return new Installing(errand).told(Installing::install);
    }

    static Exit uninstall(Errand errand, List<String> words) {
        return new Installing(errand).told(Installing::uninstall);
    }

    private interface Plan {
        Course make() throws IOException;
    }

    private interface Work {
        Exit of(Installing self) throws IOException;
    }

    private Exit told(Work work) {
        checkWho();
        try {
            return work.of(this);
        } catch (CannotInstall e) {
            throw new Refused(Exit.ILL, String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            throw broken(Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw broken(e);
        }
    }

    private static Refused broken(IOException e) {
        return new Refused(
                Exit.OUTPUT,
                "the disk said " + String.valueOf(e.getMessage()).split("\n", 2)[0]
                        + "; run it again when that is mended, and it goes on");
    }

    private Exit install() throws IOException {
        var places = places(this::named);
        var release = Release.running();
        say(errand.paint().heading("Hob " + release.name()) + (options.dryRun() ? ": what would be done" : ""));
        say("");
        var isDone = run(release, places, () -> {
            var hindrances = Hindrances.of(release, places);
            if (!hindrances.isEmpty()) {
                throw new CannotInstall("it cannot be installed: " + String.join("\nand ", hindrances));
            }
            return Installation.of(release, places);
        });
        if (!isDone) {
            return Exit.OK;
        }
        say("");
        var health = Status.run(at(places), List.of());
        say("");
        say(
                health == Exit.OK
                        ? "Hob is here, after " + seconds(Duration.ofNanos(System.nanoTime() - began))
                                + ": 'hob status' asks how it is, 'hob --help' says what can be done."
                        : "Hob is installed, and not all is well: what mends it stands above.");
        return health;
    }

    private Exit uninstall() throws IOException {
        var release = Release.running();
        var places = places(() -> Places.ofMachine(homeOf(release)));
        run(release, places, () -> Removal.of(release, places, options.purge()));
        if (!options.purge() && !errand.options().json()) {
            say("");
            say("Settings and what members kept " + (options.dryRun() ? "would stay" : "stay") + ", in "
                    + places.config() + " and " + places.state() + "; 'hob uninstall --purge' takes that away, too.");
        }
        if (options.purge() && places.ofUser() && Linger.isOn()) {
            say("");
            say("Your systemd still runs when you are not logged in (linger), as other things of yours may want it to:"
                    + " if none does, 'loginctl disable-linger' ends that.");
        }
        return Exit.OK;
    }

    private Places places(Supplier<Places> ofMachine) {
        return options.user() ? Places.ofUser(errand.surroundings().environment()) : ofMachine.get();
    }

    private Places named() {
        try {
            return Places.ofMachine(Path.of(Objects.requireNonNullElse(options.prefix(), Places.HOME.toString())));
        } catch (CannotInstall e) {
            throw Refused.usage(String.valueOf(e.getMessage()));
        }
    }

    /// Where what is typed leads to; else where this one is installed.
    private static Path homeOf(Release release) {
        return Places.homeBehind(Path.of("/usr/local/bin/hob"))
                .or(release::home)
                .orElse(Places.HOME);
    }

    /// Asks the house that was installed, whatever other one the surroundings name.
    private Errand at(Places places) {
        var environment = new HashMap<>(errand.surroundings().environment());
        environment.remove(Houses.VARIABLE);
        if (places.ofUser()) {
            environment.put(Houses.VARIABLE, places.doors().toString());
        }
        return new Errand(errand.surroundings().with(environment), errand.options(), errand.out());
    }

    private void checkWho() {
        if (options.user() && options.prefix() != null) {
            throw Refused.usage("--prefix is for a machine's Hob; where yours lies, XDG_DATA_HOME says");
        }
        var isRoot = System.getProperty("user.name").equals("root");
        if (options.user() && isRoot) {
            throw new Refused(Exit.DENIED, "--user is for a person, who needs no root for it: root leaves it away");
        }
        if (!options.user() && !isRoot && !options.dryRun()) {
            throw new Refused(
                    Exit.DENIED,
                    "a machine's Hob is root's to install and to remove; --user is for one person's, without root");
        }
    }

    /// @return whether anything was to be done
    private boolean run(Release release, Places places, Plan plan) throws IOException {
        if (options.dryRun()) {
            plan.make().tellOnly(this::tell);
        } else {
            try (var _ = Sole.in(places)) { // what somebody else is just changing is nothing to plan by
                plan.make().run(this::tell);
            }
        }
        if (errand.options().json()) {
            errand.out().line(Spelling.of(new Installed(release.name(), options.dryRun(), deeds)));
        }
        return !options.dryRun();
    }

    private void tell(Step step, How how, Duration took, String note) {
        deeds.add(new Deed(step.what(), how, took.toMillis(), note.isEmpty() ? null : note));
        var paint = errand.paint();
        var mark = switch (how) {
            case WAS_SO -> paint.quiet(WIDTH_OF_HOW.formatted("is so"));
            case WOULD_BE -> paint.heading(WIDTH_OF_HOW.formatted("would be"));
            case DONE -> paint.good(WIDTH_OF_HOW.formatted(seconds(took)));
            case WITHOUT -> paint.bad(WIDTH_OF_HOW.formatted("without"));
        };
        say("%s  %s%s".formatted(mark, step.what(), note.isEmpty() ? "" : ": " + note));
        errand.out().flush();
    }

    private static String seconds(Duration took) {
        return "%.1f s".formatted(took.toMillis() / 1e3).toLowerCase(Locale.ROOT);
    }

    private void say(String line) {
        if (!errand.options().json()) {
            errand.out().line(line);
        }
    }
}
