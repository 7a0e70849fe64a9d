package hob.daemon;

import hob.testing.RawConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;

/// A process that knocks at a door so often, says nothing there, and stays.
final class Crowd {
    private Crowd() {}

    static Process start(Path door, int callers) throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Crowd.class.getName(),
                        door.toString(),
                        Integer.toString(callers))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    static void main(String[] words) throws IOException {
        var callers = new ArrayList<RawConnection>();
        for (int i = 0; i < Integer.parseInt(words[1]); i++) {
            callers.add(RawConnection.to(Path.of(words[0])));
        }
        System.out.println("waiting");
        if (System.in.read() >= 0) { // until it is killed, or who would kill it is gone
            throw new IllegalStateException("nobody talks to it, and it has " + callers.size());
        }
    }
}
