package dev.bluerig.cases;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Facts;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Unreachable;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.function.Executable;

/// A machine may print anything: each reply of a case is blown up to a megabyte, and the fact must still be told, known or unknown, with
/// work that grows with the text and not with its square. Work is processor time of the one thread, so that a busy machine changes nothing;
/// a parser that grows with the square needs minutes to hours of it.
final class WorstText {
    private static final int SIZE = 1 << 20;
    private static final Duration MOST = Duration.ofSeconds(5);
    private static final int WORDS = 2;

    private WorstText() {}

    /// `transcript`: a fresh one each time, because its answers are used up.
    static void check(Fact<?> fact, Supplier<Transcript> transcript) throws Throwable {
        var checks = new ArrayList<Executable>();
        for (String command : transcript.get().commands())
            if (transcript.get().first(command) instanceof Reply.Ran(int status, String out, String err)) {
                if (!out.isBlank())
                    for (String text : worst(out))
                        checks.add(() -> check(fact, transcript.get(), command, new Reply.Ran(status, text, err)));
                if (!err.isBlank())
                    for (String text : worst(err))
                        checks.add(() -> check(fact, transcript.get(), command, new Reply.Ran(status, out, text)));
            }
        for (Executable check : checks) check.execute();
    }

    /// Runs of one thing: alone, in the middle of a line, as many lines, as lines that go on.
    private static Set<String> worst(String out) {
        String line = out.lines().filter(each -> !each.isBlank()).max(Comparator.comparingInt(String::length)).orElseThrow();
        int half = line.length() / 2;
        var texts = new LinkedHashSet<String>();
        for (String run : List.of(" ", ".1", "[")) texts.add(line.substring(0, half) + filled(run) + "!\n");
        texts.add(firstWord(line) + filled(" ") + "\n");
        for (String run : List.of("\n", " a\n")) texts.add(line + "\n" + filled(run));
        Arrays.stream(line.strip().split("\\s+")).distinct().limit(WORDS).forEach(word -> texts.add(filled(word + " ") + "\n"));
        return texts;
    }

    private static String firstWord(String line) {
        String text = line.stripLeading();
        int end = text.indexOf(' ');
        return end < 0 ? text : text.substring(0, end + 1);
    }

    private static String filled(String run) {
        return run.repeat(SIZE / run.length());
    }

    private static void check(Fact<?> fact, Transcript transcript, String command, Reply worst) throws InterruptedException {
        var machine = new FakeMachine(asked -> asked.line().equals(command) ? worst : known(transcript, asked));
        var fell = new AtomicReference<Throwable>();
        Thread reading = Thread.ofPlatform().daemon().start(() -> {
            try {
                var facts = new Facts(machine);
                facts.ask(fact.questions());
                facts.get(fact);
            } catch (Unreachable | RuntimeException | Error failure) {
                fell.set(failure);
            }
        });
        String text = ((Reply.Ran) worst).out();
        String which = command + " answered by " + text.length() + " characters that begin with: "
            + text.substring(0, Math.min(100, text.length()));
        while (!reading.join(Duration.ofMillis(20)))
            if (ManagementFactory.getThreadMXBean().getThreadCpuTime(reading.threadId()) > MOST.toNanos())
                throw new AssertionError("more than " + MOST.toSeconds() + " s of work: " + which);
        if (fell.get() != null) throw new AssertionError(which, fell.get());
    }

    /// A strange answer may lead to a question that the case does not hold: then the tool is missing.
    private static Reply known(Transcript transcript, Command command) {
        return transcript.commands().contains(command.line()) ? transcript.reply(command)
            : new Reply.Ran(127, "", command.words().getFirst() + ": not found");
    }
}
