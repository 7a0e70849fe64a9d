package hob.install;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What of a release tells systemd how to run it, each with the place where systemd looks for it.
final class UnitFiles {
    /// Settings that older versions would warn of.
    private static final String NEWER = "since-254/";

    private static final int NEWER_VERSION = 254;

    private final Places places;
    private final int version;

    UnitFiles(Places places, int version) {
        this.places = places;
        this.version = version;
    }

    SortedMap<Path, byte[]> of(Release release) throws IOException {
        var all = new TreeMap<Path, byte[]>();
        try (var files = Files.walk(release.units())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                add(release.units().relativize(file).toString(), Files.readString(file), all);
            }
        }
        return all;
    }

    private void add(String name, String text, SortedMap<Path, byte[]> all) {
        if (name.startsWith(NEWER)) {
            if (version >= NEWER_VERSION) {
                add(name.substring(NEWER.length()), text, all);
            }
        } else if (name.matches("(sysusers|tmpfiles)\\.d/.*")) {
            if (!places.ofUser()) {
                all.put(places.definitions().resolve(name), bytes(ofMachine(text)));
            }
        } else if (name.matches("hob\\.(target|slice)|hob-.*")) {
            all.put(places.units().resolve(name), bytes(places.ofUser() ? ofUser(name, text) : ofMachine(text)));
        }
    }

    private String ofUser(String name, String text) {
        return UserUnits.of(name, text, places.user()).orElseThrow();
    }

    private String ofMachine(String text) {
        return text.replace(Places.HOME.toString(), places.home().toString());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// The units themselves, without drop-ins.
    static List<String> units(Release release) throws IOException {
        try (var files = Files.list(release.units())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("hob.*\\.(service|timer|target|slice)"))
                    .sorted()
                    .toList();
        }
    }

    /// Those that can be enabled.
    static List<String> enabled(Release release) throws IOException {
        var all = new ArrayList<String>();
        for (var unit : units(release)) {
            if (Files.readString(release.units().resolve(unit)).contains("\n[Install]")) {
                all.add(unit);
            }
        }
        return all;
    }
}
