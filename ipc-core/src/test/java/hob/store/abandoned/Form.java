package hob.store.abandoned;

/// A first step that fails so that SQLite takes back the transaction itself, as it does on a full disk.
public final class Form {
    private Form() {}
}
