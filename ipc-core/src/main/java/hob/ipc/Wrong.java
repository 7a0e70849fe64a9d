package hob.ipc;

/// What is wrong with a value, and where: the path is put together on the way up, so that a good value pays nothing.
final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final String what;

    /// @param what goes on after the name of the field, such as "is missing"
    Wrong(String what) {
        this("", what);
    }

    private Wrong(String path, String what) {
        super(what, null, false, false);
        this.path = path;
        this.what = what;
    }

    Wrong in(String field) {
        return new Wrong(path.isEmpty() || path.startsWith("[") ? field + path : field + "." + path, what);
    }

    Wrong at(int index) {
        return new Wrong("[" + index + "]" + (path.isEmpty() || path.startsWith("[") ? path : "." + path), what);
    }

    String sentence() {
        return path.isEmpty() ? what : "'" + path + "' " + what;
    }
}
