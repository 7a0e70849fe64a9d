package hob.house;

import hob.contract.Family;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What is wrong with the units, each finding a sentence. The same for each version of systemd.
final class UnitFindings {
    /// What holds in a sandbox, and no more: the drop-in for all daemons is read after their own files and wins over
    /// them.
    private static final Pattern SANDBOXING = Pattern.compile("""
            (Protect|Private|Restrict)\\w+|SystemCall(Filter|Architectures|ErrorNumber)|NoNewPrivileges|UMask|RemoveIPC\
            |CapabilityBoundingSet|AmbientCapabilities|KeyringMode|LockPersonality|ProcSubset|DevicePolicy|DeviceAllow\
            |IPAddress(Deny|Allow)|(NoExec|Exec|Inaccessible|ReadOnly|ReadWrite|Bind|BindReadOnly)Paths\
            |TemporaryFileSystem""");

    /// What systemd takes without a word and is wrong here.
    private static final Map<String, String> WRONG_HERE = Map.of(
            "PrivateUsers", "all callers would be 'nobody', and a daemon knows its callers by uid",
            "MemoryDenyWriteExecute", "a JVM compiles, and does not start with it",
            "RuntimeDirectory", "it would be removed, door and all, whenever the daemon stops: tmpfiles.d makes it",
            "DynamicUser", "the uid is by which others know a member",
            "PrivatePIDs", "callers would be without a process, and who calls is written down with its process");

    private UnitFindings() {}

    static List<String> of(PaperSystem paper) throws IOException {
        var found = new ArrayList<String>();
        for (var unit : paper.units()) {
            paper.verified(unit).lines().forEach(line -> found.add(unit + ": " + line));
            var settings = paper.settings(unit);
            Setting.overridden(settings).stream()
                    .filter(setting -> !setting.isForOlder(settings))
                    .forEach(setting ->
                            found.add(unit + ": " + setting + " has no effect, since a later line says it anew"));
            settings.stream()
                    .filter(setting -> WRONG_HERE.containsKey(setting.key())
                            && !setting.value().equals("no"))
                    .forEach(setting ->
                            found.add(unit + ": " + setting + " must not be: " + WRONG_HERE.get(setting.key())));
            if (unit.endsWith(".service")) {
                settings.stream()
                        .filter(setting -> setting.file().startsWith("hob-.service.d/")
                                && !SANDBOXING.matcher(setting.key()).matches())
                        .forEach(setting -> found.add(unit + ": " + setting
                                + " is no sandboxing, and hits oneshots too: say it in the unit's own files"));
                paper.exposed(unit).lines().forEach(line -> found.add(unit + ": " + line));
            }
        }
        return found;
    }

    /// Of users, groups, and folders that are made before any daemon starts.
    static List<String> ofPeople(PaperSystem paper) throws IOException {
        var members = members(paper);
        var found = new ArrayList<>(differences(people(members), paper.people()));
        found.addAll(differences(folders(members, PaperSystem.isRoot()), paper.folders()));
        return found;
    }

    private static List<Family> members(PaperSystem paper) throws IOException {
        var units = paper.units();
        return Arrays.stream(Family.values())
                .filter(member -> units.contains(member.unit()))
                .toList();
    }

    /// Nobody is in the group of the people, since a member has the doors open to it that its units name.
    private static List<String> people(List<Family> members) {
        var wanted = new ArrayList<>(List.of("group hob", "group hob-blobs", "group root"));
        for (var member : members) {
            wanted.add("group " + member.user());
            wanted.add("user %s of group %s, home /var/lib/hob/%s, shell /usr/sbin/nologin"
                    .formatted(member.user(), member.user(), member.word()));
        }
        return wanted;
    }

    private static List<String> folders(List<Family> members, boolean owned) {
        var wanted = new ArrayList<>(List.of(
                "0755 root root /etc/hob",
                "0755 root root /run/hob",
                "0755 root root /var/lib/hob",
                "1770 root hob-blobs /var/lib/hob/blobs"));
        for (var member : members) {
            wanted.add("0750 " + member.user() + " hob /run/hob/" + member.word());
            wanted.add("/run/hob/" + member.word() + ".sock -> " + member.word() + "/sock");
        }
        return owned
                ? wanted
                : wanted.stream()
                        .map(line -> line.replaceFirst("^(\\d+) \\S+ \\S+ ", "$1 "))
                        .collect(Collectors.toList());
    }

    private static List<String> differences(List<String> wanted, List<String> made) {
        var found = new ArrayList<String>();
        wanted.stream().filter(line -> !made.contains(line)).forEach(line -> found.add("not made: " + line));
        made.stream().filter(line -> !wanted.contains(line)).forEach(line -> found.add("made unasked: " + line));
        return found;
    }
}
