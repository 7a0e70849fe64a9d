package hob.hand;

import hob.contract.Family;
import hob.hand.Typist.Said;
import hob.ipc.Handlers;
import hob.testing.Command;
import hob.testing.DaemonProcess;
import hob.testing.Signal;
import hob.testing.TempHouse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What people get wrong, and what may be wrong around them: each is really done, to a real member.
final class WrongInputs implements AutoCloseable {
    private final TempHouse house = new TempHouse();
    private final Path folder = house.house().folder();
    private final DaemonProcess memory;
    private final List<Row> rows = new ArrayList<>();

    /// @param typed as it stands in the reference
    /// @param why what is wrong, where the words do not show it
    record Row(String typed, String why, Exit exit, Said said) {}

    WrongInputs() throws IOException {
        memory = Memory.startIn(house);
    }

    List<Row> all() throws Exception {
        words();
        calls();
        values();
        options();
        files();
        members();
        around();
        return rows;
    }

    private void words() {
        wrong(Exit.USAGE, "statsu");
        wrong(Exit.USAGE, "memroy", "blocks");
        wrong(Exit.USAGE, "call", "memroy", "blocks");
        wrong(Exit.USAGE, "MEMORY", "blocks");
        wrong(Exit.USAGE, "start");
        wrong(Exit.USAGE, "stop");
        wrong(Exit.USAGE, "restart", "memory");
        wrong(Exit.USAGE, "version");
        wrong(Exit.USAGE, "");
        wrong(Exit.USAGE, "\u001b[31mred");
        wrong(Exit.USAGE, "status", "memory");
        wrong(Exit.USAGE, "ping", "nobody");
        wrong(Exit.USAGE, "call");
        wrong(Exit.USAGE, "call", "memory");
        wrong(Exit.USAGE, "describe", "memory", "blokcs");
        wrong(Exit.USAGE, "help", "statsu");
        wrong(Exit.USAGE, "completion");
        wrong(Exit.USAGE, "completion", "fish");
        wrong(Exit.USAGE, "logs", "memroy");
        wrong(Exit.USAGE, "log-level", "memory");
        wrong(Exit.USAGE, "log-level", "memory", "debgu");
    }

    private void calls() {
        wrong(Exit.USAGE, "memory", "blokcs");
        wrong(Exit.USAGE, "memory", "set-block", "nam=persona", "text=x");
        wrong(Exit.USAGE, "memory", "set-block", "persona", "text=x");
        wrong(Exit.USAGE, "memory", "set-block", "name=persona", "text", "=", "x");
        wrong(Exit.USAGE, "memory", "set-block", "--name", "persona");
        wrong(Exit.USAGE, "memory", "set-block", "name=persona");
        wrong(Exit.USAGE, "memory", "set-block", "name=persona", "name=human", "text=x");
        wrong(Exit.USAGE, "memory", "block", "name=persona", "revision=1", "revision=2");
        wrong(Exit.USAGE, "memory", "guard-block", "name=persona", "chars-max=100", "chars_max=200");
        wrong(Exit.USAGE, "memory", "blocks", "limit=5");
        wrong(Exit.USAGE, "memory", "guard-block", "name=persona");
        wrong(Exit.USAGE, "memory", "edit-block", "name=persona", "replace=tea");
        wrong(Exit.USAGE, "memory", "outcome");
    }

    private void values() {
        wrong(Exit.USAGE, "memory", "block-history", "name=persona", "limit=ten");
        wrong(Exit.USAGE, "memory", "block-history", "name=persona", "limit=1.5");
        wrong(Exit.USAGE, "memory", "block-history", "name=persona", "limit=");
        wrong(Exit.USAGE, "memory", "block-history", "name=persona", "limit=500");
        wrong(Exit.USAGE, "memory", "block-history", "name=persona", "limit=99999999999");
        wrong(Exit.USAGE, "memory", "block-history", "name=persona", "limit=5 6");
        wrong(Exit.USAGE, "memory", "block", "name=Persona!");
        wrong(Exit.USAGE, "memory", "guard-block", "name=persona", "read-only=maybe");
        wrong(Exit.USAGE, "memory", "set-log-level", "level=loud");
        wrong(Exit.USAGE, "memory", "settled", "keys=[\"a\"");
        wrong(Exit.USAGE, "memory", "settled", "keys=a b");
        wrong(Exit.USAGE, "memory", "edit-block", "name=persona", "insert=x", "after-line=-1");
    }

    private void options() {
        wrong(Exit.USAGE, "--jsno", "status");
        wrong(Exit.USAGE, "-x");
        wrong(Exit.USAGE, "status", "--json=yes");
        wrong(Exit.USAGE, "status", "--json", "--json");
        wrong(Exit.USAGE, "status", "--deadline");
        wrong(Exit.USAGE, "status", "--deadline", "soon");
        wrong(Exit.USAGE, "status", "--deadline", "0s");
        wrong(Exit.USAGE, "status", "--deadline", "48h");
        wrong(Exit.USAGE, "memory", "blocks", "--trace", "two words");
        wrong(Exit.USAGE, "memory", "blocks", "--key", "K1");
        wrong(Exit.USAGE, "status", "--key", "K1");
        wrong(Exit.USAGE, "memory", "remove-block", "name=persona", "--key", "K 1");
        wrong(Exit.USAGE, "status", "--color", "allways");
        wrong(Exit.USAGE, "completion", "bash", "--json");
        wrong(Exit.USAGE, "status", "--follow");
        wrong(Exit.USAGE, "memory", "blocks", "-n", "5");
        wrong(Exit.USAGE, "logs", "--lines", "many");
        wrong(Exit.USAGE, "logs", "-n", "-5");
        wrong(Exit.USAGE, "logs", "-n");
        wrong(Exit.USAGE, "logs", "--since", "whenever");
        wrong(Exit.USAGE, "logs", "--since", "2026-13-01");
        wrong(Exit.USAGE, "logs", "--level", "loud");
        wrong(Exit.USAGE, "logs", "--key", "K1");
        wrong(Exit.USAGE, "logs", "--deadline", "5s");
        wrong(Exit.USAGE, "rehearse", "memory");
        wrong(Exit.USAGE, "rehearse", "--cache");
        wrong(Exit.USAGE, "rehearse", "--cache", "/");
        wrong(Exit.NOT_FOUND, "rehearse", "--cache", "/no/folder/hob.aot");
        wrong(Exit.USAGE, "rehearse", "--deadline", "5s");
        wrong(Exit.USAGE, "status", "--cache", "hob.aot");
        wrong(Exit.ILL, "install-systemd", "--dry-run");
        wrong(Exit.USAGE, "install-systemd", "--dry-run", "--prefix", "/home/hob");
        wrong(Exit.USAGE, "install-systemd", "--user", "--prefix", "/opt/hob");
        wrong(Exit.USAGE, "install-systemd", "--dry-run", "--prefix", "opt hob");
        wrong(Exit.USAGE, "install-systemd", "memory");
        wrong(Exit.USAGE, "install-systemd", "--prefix");
        wrong(Exit.USAGE, "install-systemd", "--purge");
        wrong(Exit.USAGE, "install-systemd", "--key", "K1");
        wrong(Exit.ILL, "uninstall", "--dry-run");
        wrong(Exit.USAGE, "uninstall", "--prefix", "/opt/hob");
        wrong(Exit.USAGE, "uninstall", "--deadline", "5s");
        wrong(Exit.USAGE, "status", "--purge");
        add("--json memory blokcs", "", Exit.USAGE, typist().types("--json", "memory", "blokcs"));
    }

    private void files() throws IOException {
        wrong(Exit.NOT_FOUND, "memory", "set-block", "name=persona", "text=@absent.md");
        add(
                "memory set-block name=persona text=@FOLDER",
                "",
                Exit.NOT_FOUND,
                typist().types("memory", "set-block", "name=persona", "text=@" + folder));
        var latin = Files.write(folder.resolve("latin.txt"), "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        add(
                "memory set-block name=persona text=@latin.txt",
                "the file is not UTF-8",
                Exit.USAGE,
                typist().types("memory", "set-block", "name=persona", "text=@" + latin));
        add(
                "memory set-block name=persona text=- why=-",
                "",
                Exit.USAGE,
                typist().input("x").types("memory", "set-block", "name=persona", "text=-", "why=-"));
        add(
                "memory set-block name=persona text=-",
                "50,000 characters come in",
                Exit.USAGE,
                typist().input("x".repeat(50_000)).types("memory", "set-block", "name=persona", "text=-"));
        add(
                "memory set-block name=persona text=-",
                "17 MiB come in",
                Exit.USAGE,
                typist().input("x".repeat(17 << 20)).types("memory", "set-block", "name=persona", "text=-"));
    }

    private void members() throws Exception {
        wrong(Exit.NOT_FOUND, "memory", "block", "name=absent");
        typist().types("memory", "set-block", "name=persona", "text=x", "--key", "K1");
        add(
                "memory set-block name=persona text=y --key K1",
                "the key was that of another text",
                Exit.CONFLICT,
                typist().types("memory", "set-block", "name=persona", "text=y", "--key", "K1"));
        add(
                "memory remove-block name=persona --key K1",
                "the key was another call's",
                Exit.CONFLICT,
                typist().types("memory", "remove-block", "name=persona", "--key", "K1"));
        wrong(Exit.NOT_FOUND, "memory", "block", "name=persona", "revision=99");
        wrong(Exit.CONFLICT, "memory", "set-block", "name=persona", "text=y", "expected-revision=7");
        typist().types("memory", "set-block", "name=my_block", "text=x");
        typist().types("memory", "guard-block", "name=my_block", "read-only=true");
        add(
                "memory set-block name=my_block text=y",
                "it is read-only",
                Exit.DENIED,
                typist().types("memory", "set-block", "name=my_block", "text=y"));
        wrong(Exit.UNAVAILABLE, "rag", "ping");
        signal("STOP");
        var query = typist().types("memory", "blocks", "--deadline", "300ms");
        add("memory blocks --deadline 300ms", "memory is stopped by SIGSTOP", Exit.UNKNOWN, query);
        var change = typist().types("memory", "remove-block", "name=human", "--key", "K2", "--deadline", "300ms");
        add(
                "memory remove-block name=human --key K2 --deadline 300ms",
                "memory is stopped by SIGSTOP",
                Exit.UNKNOWN,
                change);
        signal("CONT");
        memory.kill();
        add("memory blocks", "memory was killed", Exit.UNAVAILABLE, typist().types("memory", "blocks"));
        Files.delete(house.door(Family.MEMORY));
        add("memory blocks", "memory is not running", Exit.UNAVAILABLE, typist().types("memory", "blocks"));
    }

    private void around() throws Exception {
        wrong(Exit.NOT_FOUND, "logs");
        add("status", "no house at all", Exit.UNAVAILABLE, Typist.nowhere().types("status"));
        add(
                "status",
                "HOB_RUNTIME_DIR names what is not there",
                Exit.UNAVAILABLE,
                Typist.in(Path.of("/no/house")).types("status"));
        house.serve(Family.MEMORY, Handlers.of());
        add(
                "memory ping",
                "behind the door of the installed house is not hob-memory",
                Exit.DENIED,
                Typist.nowhere().installed(folder).types("memory", "ping"));
        shell("memory blocks > /dev/full", "", Exit.OUTPUT, HobProcess.line("help") + " > /dev/full");
        shell(
                "describe memory | true",
                "nobody reads",
                Exit.PIPE,
                "(" + HobProcess.line("describe", "--json") + "; echo $? >&3) 3>&2 | true");
        var log = Files.createDirectory(folder.resolve("log")).resolve("memory.log");
        Files.writeString(log, "2026-11-20T04:00:00Z a line\n".repeat(9000));
        shell(
                "logs -n 9000 | true",
                "nobody reads",
                Exit.PIPE,
                "(" + HobProcess.line("logs", "-n", "9000") + "; echo $? >&3) 3>&2 | true");
        shell(
                "-h",
                "a jar of hob's own is not there",
                Exit.INTERNAL,
                HobProcess.line("-h").replaceFirst("[^:']+/picocli[^:']*", "/nowhere/picocli.jar"));
        shell(
                "memory block name=$'caf\\xe9'",
                "not UTF-8",
                Exit.USAGE,
                HobProcess.line("memory", "block") + " name=$'caf\\xe9'");
    }

    private void signal(String name) {
        Signal.send(name, memory.pid());
    }

    private Typist typist() {
        return Typist.in(house);
    }

    private void wrong(Exit exit, String... typed) {
        var shown = new ArrayList<String>();
        for (var word : typed) {
            shown.add(
                    word.contains("\u001b")
                            ? "$'" + word.replace("\u001b", "\\e") + "'"
                            : word.isEmpty() || word.contains(" ") || word.contains("\"") || word.contains("!")
                                    ? "'" + word + "'"
                                    : word);
        }
        add(String.join(" ", shown), "", exit, typist().types(typed));
    }

    private void add(String typed, String why, Exit exit, Said said) {
        rows.add(new Row("hob " + typed, why, exit, said));
    }

    /// The shell's last line is the code that the command ended with.
    private void shell(String typed, String why, Exit exit, String line) {
        var ran = Command.run(
                folder,
                Map.of(Houses.VARIABLE, folder.toString(), "LC_ALL", "C"),
                List.of("bash", "-c", line.contains("echo $?") ? line : line + "; echo $?"));
        var lines = new ArrayList<>(ran.output().lines().toList());
        var code = lines.removeLast();
        var ended = List.of(Exit.values()).stream()
                .filter(one -> Integer.toString(one.code()).equals(code))
                .findFirst()
                .orElse(Exit.OK);
        add(typed, why, exit, new Said(ended, "", String.join("\n", lines) + (lines.isEmpty() ? "" : "\n")));
    }

    /// Without what differs from run to run.
    String stable(String said) {
        return said.replace(folder.toString(), "HOUSE")
                .replaceFirst("is uid \\d+, and not hob-memory.*", "is uid N, and not hob-memory ...");
    }

    @Override
    public void close() throws IOException {
        memory.close();
        house.close();
    }
}
