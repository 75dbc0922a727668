package dev.bluerig.fact;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/// What is known of a fact so far. Not being able to tell is part of reading, and a chain of questions is one `Ask` after another.
public sealed interface Reading<T> {
    record Known<T>(T value) implements Reading<T> {}

    /// `why` says what was asked and what came back.
    record Unknown<T>(String why) implements Reading<T> {}

    /// Run these on the machine, then look at the replies (same number, same order; `NotRun` only where a party was silent).
    record Ask<T>(List<Command> commands, Function<List<Reply>, Reading<T>> then) implements Reading<T> {
        public Ask {
            commands = List.copyOf(commands);
            if (commands.isEmpty()) throw new IllegalArgumentException("an ask without a command");
        }
    }

    static <T> Reading<T> known(T value) {
        return new Known<>(value);
    }

    static <T> Reading<T> unknown(String why) {
        return new Unknown<>(why);
    }

    static <T> Reading<T> ask(Command command, Function<Reply, Reading<T>> then) {
        return new Ask<>(List.of(command), replies -> then.apply(replies.getFirst()));
    }

    static <T> Reading<T> ask(List<Command> commands, Function<List<Reply>, Reading<T>> then) {
        return new Ask<>(commands, then);
    }

    /// Goes on with what is known: a chain whose next link depends on this reading.
    default <R> Reading<R> then(Function<T, Reading<R>> next) {
        return switch (this) {
            case Known<T>(T value) -> next.apply(value);
            case Unknown<T>(String why) -> unknown(why);
            case Ask<T>(var commands, var then) -> ask(commands, replies -> then.apply(replies).then(next));
        };
    }

    /// Two chains side by side: their questions travel together.
    static <A, B, R> Reading<R> both(Reading<A> first, Reading<B> second, BiFunction<A, B, Reading<R>> next) {
        if (!(first instanceof Ask<A>(var ones, var thenOne))) return first.then(a -> second.then(b -> next.apply(a, b)));
        if (!(second instanceof Ask<B>(var others, var thenOther))) return second.then(b -> first.then(a -> next.apply(a, b)));
        var commands = new ArrayList<>(ones);
        commands.addAll(others);
        return ask(commands, replies -> both(thenOne.apply(replies.subList(0, ones.size())), thenOther.apply(replies.subList(ones.size(), replies.size())), next));
    }

    /// The usual shape: one command that must exit 0, and a parser that throws `IllegalArgumentException` on text it does not know.
    static <T> Reading<T> parse(Command command, Function<String, T> parser) {
        return ask(command, reply -> parsed(command, reply, parser));
    }

    /// The same for one reply among several.
    static <T> Reading<T> parsed(Command command, Reply reply, Function<String, T> parser) {
        return switch (reply) {
            case Reply.Ran ran when ran.ok() -> guarded(command, ran.out(), parser);
            case Reply.Ran ran -> unknown(command + ": exit " + ran.status() + ": " + firstLine(ran.err().isBlank() ? ran.out() : ran.err()) + ToolReplies.hint(command, ran));
            case Reply.TimedOut timedOut -> unknown(command + ": no answer within " + command.deadline().toSeconds() + " s");
            case Reply.TooMuch tooMuch -> unknown(command + ": printed too much");
            case Reply.NotRun notRun -> unknown(ToolReplies.notRun(command));
        };
    }

    private static <T> Reading<T> guarded(Command command, String out, Function<String, T> parser) {
        try {
            return known(parser.apply(out));
        } catch (IllegalArgumentException strange) {
            return unknown(command + ": " + strange.getMessage());
        }
    }

    private static String firstLine(String text) {
        return text.strip().lines().findFirst().orElse("no output");
    }
}
