package hob.store.broken;

/// A second step that fails half way.
public final class Form {
    private Form() {}
}
