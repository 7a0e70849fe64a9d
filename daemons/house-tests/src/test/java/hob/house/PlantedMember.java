package hob.house;

import hob.contract.Family;
import java.util.stream.Collectors;

/// A second member in the box, where it takes two to see something. Its units, user and folders are memory's with
/// another word, and its order is what the family says of it.
final class PlantedMember {
    private PlantedMember() {}

    static void plant(Installed installed, Family member) {
        var asked = member.asks().stream().map(Family::unit).collect(Collectors.joining(" "));
        installed.box().said("""
                cd /usr/local/lib/systemd/system
                renamed() { sed -e 's|hob-memory|hob-%1$s|g; s|hob/memory|hob/%1$s|g; s|Hob: memory|Hob: %1$s|'; }
                renamed <hob-memory.service | sed -e '/^\\(After\\|Wants\\)=/d' \\
                    -e 's|^PartOf=.*|&\\nAfter=%2$s\\nWants=%2$s|' \\
                    -e 's|hob\\.memory\\.Main|-cp lib/hob.jar:/mnt/tests hob.house.PlantedMain %1$s|' >hob-%1$s.service
                mkdir -p hob-%1$s.service.d
                for file in hob-memory.service.d/*; do renamed <$file >hob-%1$s.service.d/${file##*/}; done
                printf 'u hob-%1$s -\\nm hob-%1$s hob\\n' >/usr/local/lib/sysusers.d/hob-%1$s.conf
                printf 'd /run/hob/%1$s 0750 hob-%1$s hob\\n' >/usr/local/lib/tmpfiles.d/hob-%1$s.conf
                systemd-sysusers
                systemd-tmpfiles --create
                systemctl daemon-reload
                systemctl -q enable hob-%1$s.service
                """.formatted(member.word(), asked));
    }
}
