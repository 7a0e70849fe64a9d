package hob.ipc;

import hob.contract.Family;
import hob.contract.Who;

/// Who is at the other end, by the kernel's word alone.
public sealed interface Caller {
    /// The same caller has the same name, also after a restart: keys are kept under it.
    String name();

    /// What this caller's share of the connections is counted under.
    default String share() {
        return name();
    }

    /// Whether a room that is for these is open to it.
    boolean isAmong(Who... who);

    record Member(Family family) implements Caller {
        @Override
        public String name() {
            return family.word();
        }

        @Override
        public boolean isAmong(Who... who) {
            return contains(Who.of(family), who);
        }
    }

    /// Root, or someone of the group `hob`.
    record Person(int uid) implements Caller {
        @Override
        public String name() {
            return "person:" + uid;
        }

        @Override
        public boolean isAmong(Who... who) {
            return contains(Who.PERSON, who);
        }
    }

    record Chore() implements Caller {
        @Override
        public String name() {
            return "chore";
        }

        @Override
        public boolean isAmong(Who... who) {
            return contains(Who.CHORE, who);
        }
    }

    /// Someone in a house where all share one uid: any of them could be any other, so that arrows are advisory.
    record Housemate(int uid, long pid) implements Caller {
        @Override
        public String name() {
            return "uid:" + uid;
        }

        @Override
        public String share() {
            return "pid:" + pid;
        }

        @Override
        public boolean isAmong(Who... who) {
            return true;
        }
    }

    private static boolean contains(Who one, Who... all) {
        for (var other : all) {
            if (one == other) {
                return true;
            }
        }
        return false;
    }
}
