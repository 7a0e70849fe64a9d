package hob.hand;

final class Main {
    private Main() {}

    static void main(String[] args) {
        // A command has nothing to tell a journal; and looking for one who would costs as much as asking does.
        System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
        System.setProperty("slf4j.internal.verbosity", "ERROR");
        System.exit(run(Surroundings.ofThisProcess(), args).code());
    }

    static Exit run(Surroundings surroundings, String... args) {
        return new Hand(surroundings).run(() -> Typing.words(args));
    }
}
