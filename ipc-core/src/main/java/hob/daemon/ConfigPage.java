package hob.daemon;

import hob.contract.Family;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// The settings of a daemon as a page for people, read from its config record, and so as true as that is.
public final class ConfigPage {
    private final Family member;
    private final List<Setting> settings;

    private ConfigPage(Family member, Class<? extends Record> type) {
        this.member = member;
        this.settings = Config.settings(type);
    }

    /// In Markdown.
    public static String page(Family member, Class<? extends Record> type) {
        var page = new ConfigPage(member, type);
        return String.join("\n", page.head(), page.check(), page.taking(), page.table(), page.copy());
    }

    /// A config file in which every setting stands commented out at its default.
    public static String sample(Family member, Class<? extends Record> type) {
        return new ConfigPage(member, type).sample();
    }

    private String file() {
        return "/etc/hob/" + member.word() + ".toml";
    }

    private String head() {
        return """
                # Settings of %s

                They stand in `%s`, a [TOML](https://toml.io) file: a line is `key = value`, and a comment begins with `#`. %s
                Under a user's own systemd `/etc/hob` is `~/.config/hob` here and in defaults: `HOB_CONFIG_DIR` names it.
                """.formatted(member.user(), file(), needed());
    }

    private String needed() {
        var needed = settings.stream()
                .filter(setting -> setting.fallback() == null)
                .map(setting -> '`' + setting.key() + '`')
                .collect(Collectors.joining(", "));
        return needed.isEmpty()
                ? "A setting that is not there has its default, and the file itself may be missing, unless `--config` names it."
                : "These must be there: " + needed + ". All others have a default.";
    }

    private String check() {
        return """
                ## When you have changed something

                ```
                %1$s --check --config %2$s
                ```

                says what is wrong, all of it at once, each with its line, and ends with 78; or that the file is good, and ends with
                0. Whoever starts %1$s with a wrong file finds the same lines in its journal (`journalctl -u %1$s`): it
                ends with 78, and systemd does not try again, as nothing would be different. Mend the file, then
                `systemctl restart %1$s`.
                """.formatted(member.user(), file());
    }

    private String taking() {
        var live = settings.stream().anyMatch(Setting::live);
        var atStart = settings.stream().anyMatch(setting -> !setting.live());
        var reload = "`systemctl reload " + member.user() + "`";
        var restart = "`systemctl restart " + member.user() + "`";
        if (live && atStart) {
            return "Settings marked *reload* take effect by " + reload + ", without an interruption; all others by "
                    + restart + ".\n";
        }
        return "All settings take effect by " + (live ? reload + ", without an interruption" : restart) + ".\n";
    }

    private String table() {
        return "## Settings\n\n| setting | what it can be | default | by | what it is for |\n|---|---|---|---|---|\n"
                + settings.stream().map(ConfigPage::row).collect(Collectors.joining())
                + (settings.stream().anyMatch(setting -> setting.type() == Duration.class)
                        ? "\nA time is a number with `ms`, `s`, `m`, `h` or `d` behind it, such as `\"30s\"`.\n"
                        : "");
    }

    private static String row(Setting setting) {
        var written = setting.written();
        return "| `%s` | %s | %s | %s | %s |\n"
                .formatted(
                        setting.key(),
                        cell(setting.words()),
                        written == null ? "none: it must be there" : "`" + cell(written) + "`",
                        by(setting),
                        cell(setting.doc()));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }

    private String copy() {
        return "## To copy\n\n```toml\n" + sample() + "```\n";
    }

    private String sample() {
        return settings.stream()
                .map(ConfigPage::inSample)
                .collect(Collectors.joining("", """
                        # %s: settings of %s.
                        # Each stands here at its default; take the '#' before it away to say something else.
                        """.formatted(file(), member.user()), ""));
    }

    private static String inSample(Setting setting) {
        var words = setting.words();
        var written = setting.written();
        return "\n# %s\n# %s; %s\n#%s = %s\n"
                .formatted(
                        setting.doc(),
                        Character.toUpperCase(words.charAt(0)) + words.substring(1),
                        (written == null ? "it must be there; " : "") + "takes effect by " + by(setting) + ".",
                        setting.key(),
                        written == null ? "" : written);
    }

    private static String by(Setting setting) {
        return setting.live() ? "reload" : "restart";
    }
}
