package hob.store.one;

/// The first form of a database.
public final class Form {
    private Form() {}
}
