package hob.daemon;

import hob.contract.Family;
import java.util.Arrays;
import java.util.List;

/// The class by which each member is started. Who asks need not depend on it: it may not have been written yet.
public final class Mains {
    private Mains() {}

    public static String of(Family member) {
        return "hob." + member.word().replace("-", "") + ".Main";
    }

    /// Whether it is among the jars.
    public static boolean isHere(Family member) {
        return Mains.class.getResource("/" + of(member).replace('.', '/') + ".class") != null;
    }

    /// In the order of starting.
    public static List<Family> here() {
        return Arrays.stream(Family.values()).filter(Mains::isHere).toList();
    }
}
