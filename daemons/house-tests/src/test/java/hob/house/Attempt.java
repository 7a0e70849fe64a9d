package hob.house;

import static hob.house.Attempt.Guard.FILTER;
import static hob.house.Attempt.Guard.PLACE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/// What a daemon that somebody took over might do. Each has the answer that the system must give; what is to be found
/// or hit
/// is put there by ConfinementTest, and open to all where only the sandbox shall be in the way.
enum Attempt {
    READ_THE_STATE_OF_ANOTHER(PLACE, "EACCES", () -> read("/var/lib/hob/other/open")),
    READ_A_SECRET_FILE(PLACE, "EACCES", () -> read("/etc/hob/other.secret")),
    READ_A_CREDENTIAL_OF_ANOTHER(PLACE, "ENOENT", () -> read("/run/credentials/other.service/key")),
    KNOCK_AT_A_DOOR_IT_HAS_NO_ARROW_TO(PLACE, "EACCES", () -> knock("/run/hob/other/sock")),
    READ_A_HOME(PLACE, "EACCES", () -> read("/home/planted/open")),
    READ_THE_HOME_OF_ROOT(PLACE, "EACCES", () -> read("/root/open")),
    READ_THE_FOLDER_OF_A_SESSION(PLACE, "ENOENT|EACCES", () -> read("/run/user/planted/open")),
    READ_A_TEMPORARY_FILE_OF_ANOTHER(PLACE, "ENOENT", () -> read("/tmp/planted.open")),
    READ_A_LASTING_TEMPORARY_FILE_OF_ANOTHER(PLACE, "ENOENT", () -> read("/var/tmp/planted.open")),
    LOOK_FOR_THE_JOURNAL(PLACE, "ENOENT|EACCES", () -> list("/run/log/journal")),
    LEAVE_A_FILE_IN_SHARED_MEMORY(PLACE, "EACCES", () -> create("/dev/shm/left")),
    FIND_A_SEGMENT_OF_SHARED_MEMORY(PLACE, "ENOENT", () -> Syscall.call(29, 0x484f42, 0, 0)),
    WRITE_TO_ETC(PLACE, "EROFS", () -> write("/etc/planted.open")),
    WRITE_TO_USR(PLACE, "EROFS", () -> write("/usr/local/planted.open")),
    WRITE_TO_A_LIBRARY(PLACE, "EROFS", () -> write("/usr/lib/x86_64-linux-gnu/planted.open")),
    WRITE_TO_THE_RELEASE(PLACE, "EROFS", () -> write("/opt/hob/planted.open")),
    WRITE_BESIDE_ITS_STATE(PLACE, "EROFS", () -> write("/var/lib/planted.open")),
    WRITE_WHERE_ALL_MAY_WRITE(PLACE, "ENOENT|EROFS", () -> create("/run/lock/left")),
    WRITE_A_SETTING_OF_THE_KERNEL(PLACE, "ENOENT", () -> write("/proc/sys/kernel/core_pattern")),
    MOVE_ITSELF_TO_ANOTHER_CGROUP(PLACE, "EACCES", () -> write("/sys/fs/cgroup/unified/cgroup.procs")),
    LOOK_AT_THE_CGROUPS(PLACE, "EACCES", () -> list("/sys/fs/cgroup")),
    MAKE_A_SETUID_FILE(FILTER, "EPERM", () -> Syscall.call(90, Syscall.text(own("setuid")), 04755)),
    MAKE_A_DEVICE(PLACE, "EPERM", () -> Syscall.call(133, Syscall.text(state("device")), 0020666, 0x0103)),
    OPEN_A_DEVICE(PLACE, "ENOENT", () -> read("/dev/planted")),
    READ_THE_LOG_OF_THE_KERNEL(PLACE, "EPERM", () -> Syscall.call(103, 3, Syscall.room(64), 64)),
    READ_THE_LOG_OF_THE_KERNEL_AS_A_FILE(PLACE, "ENOENT", () -> read("/dev/kmsg")),

    START_A_SHELL(PLACE, "EACCES", () -> Syscall.start("/bin/sh", "-c", "exit 0")),
    START_A_PROGRAM_AMONG_THE_LIBRARIES(PLACE, "EACCES", () -> Syscall.start("/usr/lib/systemd/systemd", "--version")),
    START_WHAT_IT_WROTE(PLACE, "EACCES", () -> Syscall.start(program(state("program")))),
    START_WHAT_IT_WROTE_TO_TMP(PLACE, "EACCES", () -> Syscall.start(program("/tmp/program"))),
    START_A_PROGRAM_BY_THE_LOADER(PLACE, "exit 127", () -> Syscall.start("/lib64/ld-linux-x86-64.so.2", "/bin/true")),
    START_A_PROGRAM_FROM_MEMORY(FILTER, "EPERM", Attempt::startFromMemory),

    CALL_A_PROGRAM_OF_THE_MACHINE("EAFNOSUPPORT", "EINPROGRESS", () -> Syscall.connect(2, 1, inet(127, 1, 7777))),
    SEND_A_PACKET("EAFNOSUPPORT", "EPERM", () -> Syscall.connect(2, 2, inet(127, 1, 7777))),
    ASK_FOR_A_NAME("EAFNOSUPPORT", "EPERM", () -> Syscall.connect(2, 2, inet(127, 53, 53))),
    CALL_OVER_IPV6(FILTER, "EAFNOSUPPORT", () -> Syscall.call(41, 10, 1, 0)),
    KNOCK_AT_AN_ABSTRACT_SOCKET(PLACE, "ECONNREFUSED", () -> knock("\0planted")),
    KNOCK_AT_THE_SYSTEM_BUS(PLACE, "ENOENT", () -> knock("/run/dbus/system_bus_socket")),
    KNOCK_AT_ANOTHER_SERVICE(PLACE, "ENOENT", () -> knock("/run/planted.sock")),
    KNOCK_AT_SYSTEMD(PLACE, "ENOENT", () -> knock("/run/systemd/private")),
    TALK_TO_THE_KERNELS_NETWORK(FILTER, "EAFNOSUPPORT", () -> Syscall.call(41, 16, 3, 0)),
    LISTEN_TO_ALL_PACKETS(PLACE, "EAFNOSUPPORT|EPERM", () -> Syscall.call(41, 17, 3, 0)),

    SEE_A_PROCESS_OF_ANOTHER(PLACE, "ENOENT", () -> read("/proc/1/cmdline")),
    SEE_WHAT_THE_MACHINE_DOES(PLACE, "ENOENT", () -> read("/proc/interrupts")),
    TRACE_A_PROCESS(FILTER, "EPERM", () -> Syscall.traced(Syscall.target())),
    READ_THE_MEMORY_OF_A_PROCESS(FILTER, "EPERM", () -> Syscall.readMemory(Syscall.target())),
    SIGNAL_THE_FIRST_PROCESS(PLACE, "EPERM", () -> Syscall.call(62, 1, 0)),
    BE_ROOT_IN_A_USER_NAMESPACE(FILTER, "EPERM", Syscall::cloneAsRoot),
    MOUNT(
            PLACE,
            "EPERM",
            () -> Syscall.call(165, Syscall.text("none"), Syscall.text("/tmp"), Syscall.text("tmpfs"), 0, 0)),
    CHANGE_ITS_ROOT(PLACE, "EPERM", () -> Syscall.call(161, Syscall.text("/"))),
    BE_ROOT(PLACE, "EPERM", () -> Syscall.call(117, 0, 0, 0)),
    CHANGE_ITS_USER_TO_ITSELF(FILTER, "EPERM", () -> Syscall.call(117, -1, -1, -1)),
    LOAD_A_PROGRAM_INTO_THE_KERNEL(PLACE, "EPERM", () -> Syscall.call(321, 5, Syscall.bpf(), 48)),
    LOAD_A_MODULE(FILTER, "EPERM", () -> Syscall.call(175, Syscall.room(64), 64, Syscall.text(""))),
    MEASURE_THE_KERNEL(FILTER, "EPERM", () -> Syscall.call(298, Syscall.room(128), 0, -1, -1, 0)),
    QUEUE_WORK_PAST_THE_FILTER(FILTER, "EPERM", () -> Syscall.call(425, 4, Syscall.room(120))),
    WATCH_THE_FILES_OF_ALL(FILTER, "EPERM", () -> Syscall.call(300, 0x200, 0)),
    HANDLE_PAGE_FAULTS(FILTER, "EPERM", () -> Syscall.call(323, 1)),
    LEAVE_A_KEY_IN_THE_KERNEL(
            FILTER,
            "EPERM",
            () -> Syscall.call(248, Syscall.text("user"), Syscall.text("left"), Syscall.text("x"), 1, -4)),
    LAY_MEMORY_OUT_AS_IS_KNOWN(FILTER, "EPERM", () -> Syscall.call(135, 0x0040000)),
    RUN_BEFORE_ALL_OTHERS(PLACE, "EPERM", () -> Syscall.call(144, 0, 1, Syscall.number(50))),
    CHOOSE_ITS_PROCESSOR(FILTER, "EPERM", () -> Syscall.call(203, 0, 8, Syscall.number(1))),
    SET_THE_CLOCK(PLACE, "EPERM", () -> Syscall.call(227, 0, Syscall.room(16))),
    SET_THE_NAME_OF_THE_MACHINE(PLACE, "EPERM", () -> Syscall.call(170, Syscall.text("planted"), 7)),
    REBOOT(PLACE, "EPERM", () -> Syscall.call(169, 0xfee1dead, 672274793, 0, 0));

    /// What is in the way.
    enum Guard {
        /// The process's place: its user, its namespaces, what is mounted.
        PLACE,
        /// The filter of calls alone, which cannot be entered from outside.
        FILTER
    }

    private static final Map<String, String> MOVED = moved(System.getenv());

    private final Guard guard;
    private final String answer;
    private final String inside;

    @SuppressWarnings("ImmutableEnumChecker") // a piece of code, which keeps nothing
    private final Syscall.Deed deed;

    Attempt(Guard guard, String answer, Syscall.Deed deed) {
        this(guard, answer, answer, deed);
    }

    /// Twice guarded, by the filter and behind it.
    Attempt(String answer, String inside, Syscall.Deed deed) {
        this(PLACE, answer, inside, deed);
    }

    Attempt(Guard guard, String answer, String inside, Syscall.Deed deed) {
        this.guard = guard;
        this.answer = answer;
        this.inside = inside;
        this.deed = deed;
    }

    Guard guard() {
        return guard;
    }

    /// A pattern of names of errors.
    String answer() {
        return answer;
    }

    /// The same for one who came in without the filter.
    String inside() {
        return inside;
    }

    private static Map<String, String> moved(Map<String, String> environment) {
        var config = environment.get("HOB_CONFIG_DIR");
        if (config == null) {
            return Map.of();
        }
        var state = String.valueOf(environment.get("STATE_DIRECTORY"));
        var session = String.valueOf(environment.get("XDG_RUNTIME_DIR"));
        return Map.of(
                "/var/lib/hob/memory",
                state,
                "/var/lib/hob/other",
                state.replace("memory", "other"),
                "/var/lib/planted.open",
                state.replace("memory", "planted.open"),
                "/etc/hob",
                config,
                "/home/planted",
                String.valueOf(environment.get("HOME")),
                "/run/user/planted",
                session,
                "/run/hob",
                session + "/hob",
                "/run/systemd/private",
                session + "/systemd/private",
                "/run/dbus/system_bus_socket",
                session + "/bus",
                "/run/credentials/other.service",
                session + "/credentials/other.service");
    }

    /// Each attempt with what came of it, a line each.
    ///
    /// @param args a process of the same user
    static void main(String[] args) throws Throwable {
        Syscall.target(Long.parseLong(args[0]));
        for (var attempt : values()) {
            System.out.println(attempt + " " + Syscall.named(attempt.deed.answer()));
        }
        System.out.flush();
    }

    private static String state(String name) {
        return place("/var/lib/hob/memory/" + name);
    }

    /// In a user's own house all that is tried lies with the user, where each is nearest to what is tried.
    private static String place(String file) {
        for (var moved : MOVED.entrySet()) {
            if (file.startsWith(moved.getKey())) {
                return moved.getValue() + file.substring(moved.getKey().length());
            }
        }
        return file;
    }

    private static long read(String file) throws Throwable {
        return Syscall.call(2, Syscall.text(place(file)), 0, 0);
    }

    private static long list(String folder) throws Throwable {
        return Syscall.call(2, Syscall.text(place(folder)), 0200000, 0);
    }

    private static long write(String file) throws Throwable {
        return Syscall.call(2, Syscall.text(place(file)), 1, 0);
    }

    private static long create(String file) throws Throwable {
        return Syscall.call(2, Syscall.text(place(file)), 0102, 0600);
    }

    private static long knock(String door) throws Throwable {
        var socket = place(door);
        var address = ByteBuffer.allocate(2 + socket.length() + (socket.startsWith("\0") ? 0 : 1));
        address.put((byte) 1).put((byte) 0).put(socket.getBytes(StandardCharsets.UTF_8));
        return Syscall.connect(1, 1, address.array());
    }

    private static byte[] inet(int first, int last, int port) {
        return ByteBuffer.allocate(16)
                .put((byte) 2)
                .put((byte) 0)
                .putShort((short) port)
                .put(new byte[] {(byte) first, 0, 0, (byte) last})
                .array();
    }

    private static String own(String name) throws IOException {
        return Files.write(Path.of(state(name)), new byte[0]).toString();
    }

    private static String program(String file) throws IOException {
        Files.write(Path.of(file), Files.readAllBytes(Path.of("/bin/true")));
        Files.setPosixFilePermissions(Path.of(file), PosixFilePermissions.fromString("rwx------"));
        return file;
    }

    private static long startFromMemory() throws Throwable {
        var memory = Syscall.call(319, Syscall.text("program"), 0);
        if (memory < 0) {
            return memory;
        }
        var file = "/proc/self/fd/" + memory;
        Files.write(Path.of(file), Files.readAllBytes(Path.of("/bin/true")));
        return Syscall.start(file);
    }
}
