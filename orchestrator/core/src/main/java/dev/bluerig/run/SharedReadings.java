package dev.bluerig.run;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.InquiryReader;
import dev.bluerig.remote.Reply;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// What questions made of the answers that they got, on whichever machine. A question is pure, so equal answers to equal questions are
/// parsed once for all machines of a run. Bounded: a fleet whose machines all answer otherwise keeps no more than `MOST` characters.
final class SharedReadings implements InquiryReader {
    /// Characters of answers.
    private static final long MOST = 8L << 20;
    /// Questions name files and addresses of their machine, too.
    private static final int MOST_QUESTIONS = 20_000;

    private final Map<Fact.Question<?>, Inquiry<?>> asks = new ConcurrentHashMap<>();
    private final Map<Answered, Inquiry<?>> readings = new ConcurrentHashMap<>();
    private final AtomicLong kept = new AtomicLong();

    /// The same object is the same ask: `asks` gives it to every machine.
    private record Answered(Inquiry.Ask<?> ask, List<Reply> answers) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Answered(var otherAsk, var otherAnswers) && ask == otherAsk && answers.equals(otherAnswers);
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(ask) + answers.hashCode();
        }
    }

    @Override
    public Inquiry<?> read(Fact.Question<?> question) {
        if (asks.size() > MOST_QUESTIONS) asks.clear();
        return asks.computeIfAbsent(question, PLAIN::read);
    }

    @Override
    public Inquiry<?> next(Inquiry.Ask<?> ask, List<Reply> answers) {
        var answered = new Answered(ask, List.copyOf(answers));
        Inquiry<?> known = readings.get(answered);
        if (known != null) return known;
        Inquiry<?> made = PLAIN.next(ask, answers);
        if (kept.addAndGet(size(answers)) > MOST) {
            readings.clear();
            kept.set(0);
        }
        readings.put(answered, made);
        return made;
    }

    private static long size(List<Reply> answers) {
        long size = 0;
        for (Reply reply : answers) {
            size += switch (reply) {
                case Reply.Ran(int status, String out, String err) -> out.length() + err.length();
                case Reply.TimedOut(String out, String err) -> out.length() + err.length();
                case Reply.TooMuch(String out, String err) -> out.length() + err.length();
                case Reply.NotRun() -> 0;
            };
        }
        return size;
    }
}
