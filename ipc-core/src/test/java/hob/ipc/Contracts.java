package hob.ipc;

import hob.contract.Call;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/// Finds every room on the class path, so that a new one is tested by itself.
final class Contracts {
    private static final String CLASS = ".class";

    private Contracts() {}

    /// The sealed interfaces of calls in a package.
    static List<Class<?>> in(String wanted) {
        var folder = wanted.replace('.', '/');
        try {
            var places = Collections.list(Contracts.class.getClassLoader().getResources(folder));
            var rooms = places.stream()
                    .flatMap(place -> files(place, folder))
                    .filter(file -> file.endsWith(CLASS))
                    .<Class<?>>map(file -> load(wanted + "." + file.substring(0, file.length() - CLASS.length())))
                    .filter(type -> type.isInterface() && type.isSealed() && Call.class.isAssignableFrom(type))
                    .toList();
            return rooms;
        } catch (IOException e) {
            throw new IllegalStateException("the class path cannot be read", e);
        }
    }

    private static Stream<String> files(java.net.URL place, String folder) {
        try {
            if (place.openConnection() instanceof JarURLConnection jar) {
                return jar.getJarFile().stream()
                        .map(entry -> entry.getName())
                        .filter(name -> name.startsWith(folder + "/"))
                        .map(name -> name.substring(folder.length() + 1))
                        .filter(name -> !name.contains("/"));
            }
            try (var files = Files.list(Path.of(place.toURI()))) {
                return files.map(file -> String.valueOf(file.getFileName())).toList().stream();
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(place + " cannot be read", e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Contracts.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
