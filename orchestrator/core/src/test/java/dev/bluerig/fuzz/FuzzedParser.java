package dev.bluerig.fuzz;

import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// A parser that takes whatever a machine or a person writes.
///
/// - `seeds`: texts of its kind, from the committed cases.
/// - `refusals`: what it may throw. `InvalidInput` must name its problems.
public record FuzzedParser(String name, Supplier<List<byte[]>> seeds, Reader reader, Set<Class<? extends Exception>> refusals) {
    /// Gives what was read; its text is looked at.
    public interface Reader {
        Object read(byte[] input) throws Exception;
    }

    /// The same of text.
    public interface TextReader {
        Object read(String text) throws Exception;
    }

    public FuzzedParser {
        refusals = Set.copyOf(refusals);
    }

    /// Of one that throws nothing.
    static FuzzedParser of(String name, Supplier<List<byte[]>> seeds, TextReader reader) {
        return new FuzzedParser(name, seeds, input -> reader.read(new String(input, StandardCharsets.UTF_8)), Set.of());
    }

    static FuzzedParser of(String name, Supplier<List<byte[]>> seeds, TextReader reader, Class<? extends Exception> refusal) {
        return new FuzzedParser(name, seeds, input -> reader.read(new String(input, StandardCharsets.UTF_8)), Set.of(refusal));
    }

    /// Throws `AssertionError` when the parser does what it must not: another exception, an answer out of all proportion, or a message of
    /// the Java library's where ours belongs.
    void check(byte[] input) {
        try {
            String answer = String.valueOf(reader.read(input));
            long most = LEAST_ANSWER + (long) GROWTH * input.length;
            if (answer.length() > most)
                throw new AssertionError(name + ": an answer of " + answer.length() + " characters to " + input.length + " bytes");
        } catch (InvalidInput refused) {
            refused(refused);
            boolean said = new String(input, StandardCharsets.UTF_8).contains("Exception");
            if (refused.problems().stream().map(Problem::message).anyMatch(text -> text.isBlank() || !said && text.contains("Exception:")))
                throw new AssertionError(name + ": a problem that says nothing", refused);
        } catch (Exception thrown) {
            refused(thrown);
        } catch (StackOverflowError deep) {
            throw new AssertionError(name + ": too deep", deep);
        }
    }

    private static final int LEAST_ANSWER = 4 << 20;
    private static final int GROWTH = 64;

    private void refused(Exception thrown) {
        if (refusals.stream().noneMatch(each -> each.isInstance(thrown))) throw new AssertionError(name + ": " + thrown, thrown);
    }
}
