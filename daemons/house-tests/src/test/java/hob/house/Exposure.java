package hob.house;

import java.util.List;

/// How far a member reaches, and how exposed it may be then, in the figures of `systemd-analyze security`, from 0
/// (best) to
/// 10. What is left of it is what a JVM needs, that a daemon must see its callers' users, and the sockets themselves.
enum Exposure {
    UNIX_SOCKETS(5),
    LOOPBACK(11),
    INTERNET(13);

    private final int tenths;

    Exposure(int tenths) {
        this.tenths = tenths;
    }

    int tenths() {
        return tenths;
    }

    /// By what its files say.
    static Exposure of(List<Setting> settings) {
        var internet = settings.stream()
                .anyMatch(setting -> setting.key().equals("RestrictAddressFamilies")
                        && setting.value().contains("AF_INET"));
        var loopback = settings.stream()
                .anyMatch(setting -> setting.key().equals("IPAddressAllow")
                        && setting.value().equals("localhost"));
        return !internet ? UNIX_SOCKETS : loopback ? LOOPBACK : INTERNET;
    }
}
