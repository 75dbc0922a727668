package dev.bluerig.fact;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.Optional;
import java.util.function.Function;

/// The answer to a question: known, or unknown and why. Not being able to tell is part of reading.
public sealed interface Reading<T> extends Inquiry<T> {
    record Known<T>(T value) implements Reading<T> {}

    /// `why` says what was asked and what came back.
    record Unknown<T>(String why) implements Reading<T> {}

    static <T> Reading<T> known(T value) {
        return new Known<>(value);
    }

    static <T> Reading<T> unknown(String why) {
        return new Unknown<>(why);
    }

    /// What is known, for those to whom it does not matter why it is not.
    default Optional<T> ifKnown() {
        return this instanceof Known<T>(T value) ? Optional.of(value) : Optional.empty();
    }

    /// Goes on with what is known.
    default <R> Reading<R> flatMap(Function<T, Reading<R>> next) {
        return switch (this) {
            case Known<T>(T value) -> next.apply(value);
            case Unknown<T>(String why) -> unknown(why);
        };
    }

    /// One reply of a command that must exit 0, and a parser that throws `IllegalArgumentException` on text it does not know.
    static <T> Reading<T> parsed(Command command, Reply reply, Function<String, T> parser) {
        return switch (reply) {
            case Reply.Ran ran when ran.ok() -> guarded(command, ran.out(), parser);
            case Reply.Ran ran -> unknown(command + ": exit " + ran.status() + ": "
                + firstLine(ran.err().isBlank() ? ran.out() : ran.err()) + ToolReplies.hint(command, ran));
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
