package hob.hand;

import hob.contract.Family;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What systemd knows of a member that does not answer: it was there when the member ended.
final class Units {
    /// systemd answers within milliseconds, and where it does not the rest is still true.
    private static final long MILLIS_MOST = 1000;

    static final String NO_START_HELPS = "no new start helps";

    private Units() {}

    /// A sentence, or nothing where systemd has none.
    static String why(Family member) {
        return sentence(show(member.unit()), member);
    }

    static String sentence(Map<String, String> unit, Family member) {
        var journal = "; 'journalctl -u " + member.unit() + " -n 20' has its last words";
        if (unit.getOrDefault("LoadState", "").equals("not-found")) {
            return "systemd knows no " + member.unit() + ": it is not installed, or 'systemctl daemon-reload' is due";
        }
        return switch (unit.getOrDefault("ExecMainStatus", "") + " " + unit.getOrDefault("ActiveState", "")) {
            case "78 failed" ->
                "its config is wrong, so that it did not start: '" + member.user()
                        + " --check' says what to mend in /etc/hob/" + member.word() + ".toml";
            case String said
            when said.startsWith("65 ") ->
                "what it has written down is damaged, and " + NO_START_HELPS + ": 'journalctl -u " + member.unit()
                        + " -n 20' says what does";
            case String said
            when said.endsWith(" failed") ->
                "it failed (" + unit.getOrDefault("Result", "") + ", status " + unit.getOrDefault("ExecMainStatus", "")
                        + ")" + journal;
            case String said
            when said.endsWith(" activating") -> "it is just starting, or waits to be started again" + journal;
            case String said when said.endsWith(" inactive") -> "it was stopped";
            default -> "";
        };
    }

    private static Map<String, String> show(String unit) {
        var told = new HashMap<String, String>();
        try {
            var systemctl = new ProcessBuilder(
                            "systemctl", "show", "-p", "LoadState,ActiveState,Result,ExecMainStatus", unit)
                    .redirectErrorStream(true)
                    .start();
            systemctl.getOutputStream().close();
            if (!systemctl.waitFor(MILLIS_MOST, TimeUnit.MILLISECONDS)) {
                systemctl.destroyForcibly();
                return told;
            }
            var output = new String(systemctl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            output.lines().filter(line -> line.contains("=")).forEach(line -> {
                var parts = line.split("=", 2);
                told.put(parts[0], parts[1]);
            });
        } catch (IOException e) {
            // there is no systemd here
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return told;
    }
}
