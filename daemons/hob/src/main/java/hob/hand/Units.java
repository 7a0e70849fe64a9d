package hob.hand;

import static hob.daemon.Exit.CONFIG;
import static hob.daemon.Exit.DAMAGED;

import hob.contract.Family;
import hob.ipc.House;
import hob.ipc.House.Keeper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/// What systemd knows of a member that does not answer: it was there when the member ended.
final class Units {
    /// systemd answers within milliseconds, and where it does not the rest is still true.
    private static final long MILLIS_MOST = 1000;

    static final String NO_START_HELPS = "no new start helps";

    private Units() {}

    /// A sentence, or nothing where systemd has none.
    static String why(House house, Family member) {
        return sentence(show(house, member.unit()), house, member);
    }

    /// Its process, of which a door tells nothing that was kept over a restart; empty where none runs.
    static OptionalLong pid(House house, Family member) {
        var pid = show(house, member.unit()).getOrDefault("MainPID", "0");
        return pid.matches("[1-9]\\d{0,9}") ? OptionalLong.of(Long.parseLong(pid)) : OptionalLong.empty();
    }

    static String sentence(Map<String, String> unit, House house, Family member) {
        var command = "'" + house.journalCommand(member, " -n 20") + "'";
        var journal = "; " + command + " has its last words";
        if (unit.getOrDefault("LoadState", "").equals("not-found")) {
            return "systemd knows no " + member.unit() + ": it is not installed, or '"
                    + String.join(" ", systemctl(house)) + " daemon-reload' is due";
        }
        if (unit.getOrDefault("LoadState", "").equals("masked")) {
            return "somebody had systemd never start it (masked), and " + NO_START_HELPS + ": '"
                    + String.join(" ", systemctl(house)) + " unmask " + member.unit() + "' lets it";
        }
        var status = unit.getOrDefault("ExecMainStatus", "");
        var word = word(status, unit.getOrDefault("StatusText", ""));
        var state = unit.getOrDefault("ActiveState", "");
        if (status.equals(Integer.toString(DAMAGED.code())) && !state.equals("inactive")) {
            return DAMAGED.meaning() + ", and " + NO_START_HELPS
                    + (word.isEmpty() ? ": " + command + " says what does" : word);
        }
        return switch (state) {
            case "failed" ->
                status.equals(Integer.toString(CONFIG.code()))
                        ? CONFIG.meaning() + ", so that it did not start" + (word.isEmpty() ? journal : word)
                        : "it failed (" + unit.getOrDefault("Result", "") + ", status " + status + ")" + word + journal;
            case "activating" -> "it is just starting, or waits to be started again" + word + journal;
            case "inactive" -> "it was stopped";
            default -> "";
        };
    }

    /// Who ended by itself left word why; of one who was killed, systemd still has what it said when it was well.
    private static String word(String status, String text) {
        var endedItself = status.matches("\\d{1,3}")
                && hob.daemon.Exit.of(Integer.parseInt(status))
                        .filter(exit -> exit != hob.daemon.Exit.OK)
                        .isPresent();
        return endedItself && !text.isEmpty() ? ": " + text : "";
    }

    private static List<String> systemctl(House house) {
        return house.keeper() == Keeper.SYSTEMD_OF_A_USER ? List.of("systemctl", "--user") : List.of("systemctl");
    }

    private static Map<String, String> show(House house, String unit) {
        var told = new HashMap<String, String>();
        var words = new ArrayList<>(systemctl(house));
        words.addAll(List.of("show", "-p", "LoadState,ActiveState,Result,ExecMainStatus,StatusText,MainPID", unit));
        try {
            var systemctl = new ProcessBuilder(words).redirectErrorStream(true).start();
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
