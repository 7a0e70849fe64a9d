#!/usr/bin/env python3
"""Asks a daemon of Hob: hob.py SOCKET '{"type":"ping"}' [SECONDS] prints each frame of the answer on a line."""
import json, socket, struct, sys, time

class Fault(Exception):
    """Its code tells what to do next (see docs/WIRE.md), its message what is wrong."""
    def __init__(self, code, message):
        super().__init__(f"{code}: {message}")
        self.code = code

def ask(path, call, seconds=5.0):
    """Yields each frame that answers the call, a dict with its "type". The last one is the answer itself."""
    until = time.monotonic() + seconds
    def exactly(count):
        got = bytearray()
        while len(got) < count:
            door.settimeout(max(until - time.monotonic(), 0.001))
            part = door.recv(min(count - len(got), 65536))
            if not part: raise Fault("UNKNOWN", "it hung up without a whole answer")
            got += part
        return got
    body = json.dumps({**call, "deadline_ms": int(seconds * 1000)}, ensure_ascii=False, allow_nan=False).encode()
    with socket.socket(socket.AF_UNIX) as door:
        door.settimeout(seconds)
        try: door.connect(path); door.sendall(struct.pack(">I", len(body)) + body)
        except OSError as e: raise Fault("UNAVAILABLE", f"{path} did not take the call ({e})")
        frame = {"more": True}
        while frame.get("more"):
            try: frame = json.loads(exactly(struct.unpack(">I", exactly(4))[0]))
            except ConnectionResetError as e: raise Fault("UNKNOWN" if "type" in frame else "UNAVAILABLE", str(e))
            except OSError as e: raise Fault("UNKNOWN", f"no answer came in time ({e})")
            if frame["type"] == "error": raise Fault(frame["code"], frame["error"])
            yield frame

if __name__ == "__main__":
    try:
        for frame in ask(sys.argv[1], json.loads(sys.argv[2]), *map(float, sys.argv[3:])):
            print(json.dumps(frame, ensure_ascii=False, separators=(",", ":")), flush=True)
    except Fault as fault: sys.exit(str(fault))
