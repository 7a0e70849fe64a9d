package hob.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;

/// The folders and links that `tmpfiles.d` of a release asks for, which systemd makes at each boot.
record Folders(List<Line> lines) {
    /// @param target of a link; empty for a folder
    record Line(Path path, String mode, String user, String group, String target) {
        boolean isThere() throws IOException {
            if (!target.isEmpty()) {
                return Disk.leadsTo(path, Path.of(target));
            }
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                return false;
            }
            var is = Files.readAttributes(path, PosixFileAttributes.class);
            var bits = (Integer) Files.getAttribute(path, "unix:mode") & 07777;
            return bits == Integer.parseInt(mode, 8)
                    && is.owner().getName().equals(user)
                    && is.group().getName().equals(group);
        }
    }

    static Folders of(Release release) throws IOException {
        var lines = new ArrayList<Line>();
        for (var text : Files.readAllLines(release.units().resolve("tmpfiles.d/hob.conf"))) {
            var words = text.split("\\s+", -1);
            switch (words[0]) {
                case "d" -> lines.add(new Line(Path.of(words[1]), words[2], words[3], words[4], ""));
                case "L" -> lines.add(new Line(Path.of(words[1]), "", "", "", words[6]));
                default -> {
                    // a comment
                }
            }
        }
        return new Folders(lines);
    }

    boolean areThere() throws IOException {
        for (var line : lines) {
            if (!line.isThere()) {
                return false;
            }
        }
        return true;
    }

    static void make(Release release) throws IOException {
        Program.run(
                        "systemd-tmpfiles",
                        "--create",
                        release.units().resolve("tmpfiles.d/hob.conf").toString())
                .orFail();
    }
}
