package hob.store.two;

/// The same, one step on.
public final class Form {
    private Form() {}
}
