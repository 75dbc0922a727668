package dev.bluerig.fact;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/// What a question comes to: a reading at once, or commands to ask first. A chain of questions is one `Ask` after another.
public sealed interface Inquiry<T> permits Inquiry.Ask, Reading {
    /// Run these on the machine, then look at the replies (same number, same order; `NotRun` only where a party was silent).
    record Ask<T>(List<Command> commands, Function<List<Reply>, Inquiry<T>> then) implements Inquiry<T> {
        public Ask {
            commands = List.copyOf(commands);
            if (commands.isEmpty()) throw new IllegalArgumentException("an ask without a command");
        }
    }

    static <T> Inquiry<T> ask(Command command, Function<Reply, Inquiry<T>> then) {
        return new Ask<>(List.of(command), replies -> then.apply(replies.getFirst()));
    }

    static <T> Inquiry<T> ask(List<Command> commands, Function<List<Reply>, Inquiry<T>> then) {
        return new Ask<>(commands, then);
    }

    /// The usual shape: one command that must exit 0, and a parser that throws `IllegalArgumentException` on text it does not know.
    static <T> Inquiry<T> parse(Command command, Function<String, T> parser) {
        return ask(command, reply -> Reading.parsed(command, reply, parser));
    }

    /// Goes on with what is known: a chain whose next link depends on this reading.
    default <R> Inquiry<R> then(Function<T, Inquiry<R>> next) {
        return switch (this) {
            case Reading.Known<T>(T value) -> next.apply(value);
            case Reading.Unknown<T>(String why) -> Reading.unknown(why);
            case Ask<T>(var commands, var then) -> ask(commands, replies -> then.apply(replies).then(next));
        };
    }

    /// Two chains side by side: their questions travel together.
    static <A, B, R> Inquiry<R> both(Inquiry<A> first, Inquiry<B> second, BiFunction<A, B, Inquiry<R>> next) {
        if (!(first instanceof Ask<A>(var ones, var thenOne))) return first.then(a -> second.then(b -> next.apply(a, b)));
        if (!(second instanceof Ask<B>(var others, var thenOther))) return second.then(b -> first.then(a -> next.apply(a, b)));
        var commands = new ArrayList<>(ones);
        commands.addAll(others);
        return ask(commands, replies -> both(thenOne.apply(replies.subList(0, ones.size())),
            thenOther.apply(replies.subList(ones.size(), replies.size())), next));
    }
}
