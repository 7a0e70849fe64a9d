"""Plays systemd for one daemon, which Java cannot: it keeps descriptors over the daemon's death, and hands them back.

keeper.py NOTIFY_SOCKET COMMAND... reads from its input, a line each: 'start', 'signal NUMBER', 'keep NAME' (an end of a
pipe under that name). What the daemon tells it, and how it ends, it prints as lines that begin with 'keeper: '."""
import os, select, socket, sys

FIRST = 3

ears = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
ears.bind(sys.argv[1])
os.environ["NOTIFY_SOCKET"] = sys.argv[1]
store = []  # of (name, descriptor)
daemon = 0


def say(text):
    os.write(1, ("keeper: " + text + "\n").encode())


def start():
    global daemon
    daemon = os.fork()
    if daemon == 0:
        high = [os.dup(descriptor) for _, descriptor in store]  # none of these is among those that are made now
        for number, descriptor in enumerate(high):
            os.dup2(descriptor, FIRST + number)
        if store:
            os.environ["LISTEN_PID"] = str(os.getpid())
            os.environ["LISTEN_FDS"] = str(len(store))
            os.environ["LISTEN_FDNAMES"] = ":".join(name for name, _ in store)
        os.closerange(FIRST + len(store), 1024)
        os.execv(sys.argv[2], sys.argv[2:])


def hear():
    message, descriptors, _, _ = socket.recv_fds(ears, 8192, 8)
    said = message.decode().split("\n")
    name = next((line.removeprefix("FDNAME=") for line in said if line.startswith("FDNAME=")), "")
    if "FDSTORE=1" in said:
        store.extend((name, descriptor) for descriptor in descriptors)
    if "FDSTOREREMOVE=1" in said:
        for kept in [kept for kept in store if kept[0] == name]:
            store.remove(kept)
            os.close(kept[1])
    say("|".join(said))


def obey(order):
    if order[0] == "start":
        start()
    elif order[0] == "signal":
        os.kill(daemon, int(order[1]))
    elif order[0] == "keep":
        store.append((order[1], os.pipe()[0]))
        say("keeps " + os.readlink("/proc/self/fd/%d" % store[-1][1]))


while True:
    ready, _, _ = select.select([0, ears], [], [], 0.01)
    if ears in ready:
        hear()
    elif daemon and os.waitpid(daemon, os.WNOHANG)[0]:
        daemon = 0
        say("ended")
    elif 0 in ready:
        line = b""
        while not line.endswith(b"\n"):
            byte = os.read(0, 1)
            if not byte:
                sys.exit()
            line += byte
        obey(line.decode().split())
