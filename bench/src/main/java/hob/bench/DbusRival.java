package hob.bench;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.freedesktop.dbus.annotations.DBusInterfaceName;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.interfaces.DBusInterface;

/// D-Bus by dbus-java: a method with one text in and out, by way of the bus, which stands at the door.
final class DbusRival implements Rival {
    private static final String NAME = "hob.bench";
    private static final String OBJECT = "/hob/bench";

    private final Map<Integer, String> texts = new ConcurrentHashMap<>();

    @DBusInterfaceName("hob.bench.Echo")
    public interface Echo extends DBusInterface {
        String echo(String text);
    }

    public static final class Answering implements Echo {
        @Override
        public String echo(String text) {
            return text;
        }

        @Override
        public String getObjectPath() {
            return OBJECT;
        }
    }

    private static DBusConnection bus(Path door) throws DBusException {
        return DBusConnectionBuilder.forAddress("unix:path=" + door)
                .withShared(false)
                .build();
    }

    @Override
    public void serve(Path door) throws DBusException {
        var bus = bus(door);
        bus.exportObject(new Answering());
        bus.requestBusName(NAME);
    }

    @Override
    public Asker connect(Path door) throws DBusException {
        var echo = bus(door).getRemoteObject(NAME, OBJECT, Echo.class);
        return bytes -> Rival.check(
                bytes,
                echo.echo(texts.computeIfAbsent(bytes, length -> "x".repeat(length)))
                        .length());
    }
}
