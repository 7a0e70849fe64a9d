package hob.house;

import hob.install.UserUnits;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What a user's own systemd makes of the units, as a page for people.
final class UsersSandboxPage {
    private final UsersSandbox on252;
    private final UsersSandbox on257;

    private UsersSandboxPage(UsersSandbox on252, UsersSandbox on257) {
        this.on252 = on252;
        this.on257 = on257;
    }

    static String of(UsersSandbox on252, UsersSandbox on257) {
        var page = new UsersSandboxPage(on252, on257);
        return String.join(
                "\n",
                HEAD,
                page.otherwise(),
                SETTINGS,
                page.settings(),
                ATTEMPTS,
                page.attempts(),
                page.counts(),
                LIMITS);
    }

    private static final String HEAD = """
            # Under a user's own systemd

            Written by a test, from what becomes of attempts in units of a user's own systemd on a booted Debian 12 (systemd 252) and
            Debian 13 (257). `scripts/dev update` writes it anew.

            In a clone, as yourself: `scripts/install.sh --user`. Releases come to lie in `~/.local/share/hob`, the command in
            `~/.local/bin`, settings in `~/.config/hob`, what members keep in `~/.local/state/hob` (or where `XDG_DATA_HOME`,
            `XDG_CONFIG_HOME` and `XDG_STATE_HOME` say), doors in `$XDG_RUNTIME_DIR/hob`; every day's commands are those of
            [OPERATING.md](OPERATING.md), with `systemctl --user` and `journalctl --user`. So that it runs while you are not logged
            in, your user must linger: the installation asks for that, and says what root types where you may not. `hob uninstall
            --user` takes it away, `--purge` with settings and all that members kept; that you linger stays, as others may count
            on it.

            The units are the shipped ones, and these lines of them are said otherwise. Places of the machine (`/opt/hob`, `/etc/hob`,
            `/var/lib/hob`, `/run/hob`) are the user's everywhere in them (`{home}`, `{config}`, `{state}`; `%t` is `$XDG_RUNTIME_DIR`).
            """;

    private static final String SETTINGS = """
            ## Which settings are held to

            Each setting of the sandbox is tried alone, beside `PrivateUsers=yes`: how many of the [attempts](SECURITY.md) end otherwise by
            it, and the first of them. "Nothing seen" may be something that no attempt looks at.
            """;

    private static final String ATTEMPTS = """
            ## What a stolen member can do

            What ends otherwise here, with the whole sandbox, than in the [machine's house](SECURITY.md):
            """;

    private static final String LIMITS = """
            ## Limits

            `MemoryHigh=`, `MemoryMax=`, `TasksMax=`, `CPUQuota=` and `CPUWeight=` of members and of `hob.slice` are held to where the
            machine's systemd has handed these controllers on to the user's, which it does on pure cgroup v2 alone (`stat -fc %T
            /sys/fs/cgroup` says `cgroup2fs`). Elsewhere nobody holds a member to them but its own `-Xmx`.
            `systemctl --user show -p MemoryCurrent hob-memory` tells: `[not set]` means that nobody counts.
            """;

    private String otherwise() {
        return "| the machine's | the user's | why |\n|---|---|---|\n"
                + UserUnits.table().stream()
                        .map(rule -> "| `%s` | %s | %s |\n"
                                .formatted(
                                        rule.said(),
                                        rule.otherwise().isEmpty()
                                                ? ""
                                                : rule.otherwise()
                                                        .lines()
                                                        .collect(Collectors.joining("`<br>`", "`", "`")),
                                        rule.why()))
                        .collect(Collectors.joining());
    }

    private String settings() {
        var names = new TreeSet<>(on252.single().keySet());
        names.addAll(on257.single().keySet());
        return "| setting | on 252 | on 257 |\n|---|---|---|\n"
                + names.stream()
                        .map(name -> "| `%s` | %s | %s |\n".formatted(name, seen(on252, name), seen(on257, name)))
                        .collect(Collectors.joining());
    }

    private static String seen(UsersSandbox tried, String setting) {
        var changed = tried.changedBy(setting);
        return changed.entrySet().stream()
                .findFirst()
                .map(first -> first.getValue().startsWith(UsersSandbox.NO_START)
                        ? first.getValue().replaceFirst(" instead of.*", "")
                        : "%d, such as %s: %s".formatted(changed.size(), words(first.getKey()), first.getValue()))
                .orElse("nothing seen");
    }

    private static String words(Attempt attempt) {
        return attempt.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private String attempts() {
        return "| attempt | the machine's | on 252 | on 257 |\n|---|---|---|---|\n"
                + Arrays.stream(Attempt.values())
                        .filter(attempt ->
                                !isAsOnAMachine(attempt, on252.whole()) || !isAsOnAMachine(attempt, on257.whole()))
                        .map(attempt -> "| %s | `%s` | `%s` | `%s` |\n"
                                .formatted(
                                        words(attempt),
                                        attempt.answer().replace("|", "` or `"),
                                        on252.whole().get(attempt),
                                        on257.whole().get(attempt)))
                        .collect(Collectors.joining());
    }

    private static boolean isAsOnAMachine(Attempt attempt, Map<Attempt, String> outcomes) {
        return outcomes.getOrDefault(attempt, "").matches(attempt.answer());
    }

    private String counts() {
        return """
                Of %d attempts succeed, on 252 and on 257: %s and %s without any sandbox, %s and %s with all of it but
                `PrivateUsers=yes`, and %s and %s with all of it.
                """.formatted(
                        Attempt.values().length,
                        done(on252.bare()),
                        done(on257.bare()),
                        done(on252.unmapped()),
                        done(on257.unmapped()),
                        done(on252.whole()),
                        done(on257.whole()));
    }

    private static String done(Map<Attempt, String> outcomes) {
        var noStart = outcomes.values().stream()
                .filter(answer -> answer.startsWith(UsersSandbox.NO_START))
                .findFirst();
        return noStart.map(answer -> "none (" + answer + ")").orElseGet(() -> Long.toString(countDone(outcomes)));
    }

    private static long countDone(Map<Attempt, String> outcomes) {
        return outcomes.values().stream().filter("done"::equals).count();
    }
}
