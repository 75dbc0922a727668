package dev.bluerig.fact;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// What was seen on one machine, asked in waves: one round trip per link of the longest chain of questions.
public final class Facts {
    private static final Set<Effect> MISSING_PROGRAM = Set.of(Effect.PACKAGES, Effect.COMMAND);

    private final Session session;
    private final InquiryReader reader;
    private final Map<Fact.Question<?>, Inquiry<?>> seen = new LinkedHashMap<>();
    private final Map<Fact.Question<?>, AskedCommands> chains = new HashMap<>();
    private final Set<Fact.Question<?>> late = new LinkedHashSet<>();
    private final Set<Fact.Question<?>> withoutProgram = new HashSet<>();

    public Facts(Session session) {
        this(session, InquiryReader.PLAIN);
    }

    public Facts(Session session, InquiryReader reader) {
        this.session = session;
        this.reader = reader;
    }

    /// What these can have changed is to be asked again, and what is not known yet.
    public void forget(Set<Effect> effects) {
        seen.entrySet().removeIf(each -> !Collections.disjoint(each.getKey().changedBy(), effects)
            || each.getValue() instanceof Reading.Unknown<?>);
    }

    /// Asks what is not known yet.
    public void ask(Collection<Fact.Question<?>> questions) throws Unreachable {
        ask(List.of(), Set.of(), questions);
    }

    /// Runs the steps, then asks, in one round trip as far as no question depends on an answer. What the steps can bring about makes facts
    /// stale. Returns the replies of the steps.
    public List<Reply> ask(List<Command> steps, Set<Effect> effects, Collection<Fact.Question<?>> questions) throws Unreachable {
        if (!steps.isEmpty()) forget(effects);
        for (Fact.Question<?> question : questions) seen.computeIfAbsent(question, reader::read);
        late.clear();
        List<Reply> done = waves(steps);
        if (!late.isEmpty()) againWhatWasLate();
        return done;
    }

    /// A machine under load answers late: what was not answered in time is asked once more before it counts as unknown.
    private void againWhatWasLate() throws Unreachable {
        var again = List.copyOf(late);
        late.clear();
        again.forEach(question -> seen.put(question, reader.read(question)));
        waves(List.of());
        late.forEach(question -> seen.computeIfPresent(question,
            (any, reading) -> reading instanceof Reading.Unknown<?>(String why) ? new Reading.Unknown<>(why + ", asked twice") : reading));
    }

    private List<Reply> waves(List<Command> steps) throws Unreachable {
        var begun = open();
        if (steps.isEmpty() && begun.isEmpty()) return List.of();
        var before = new HashMap<Fact.Question<?>, AskedCommands>();
        begun.forEach((question, ask) -> before.put(question, chains.getOrDefault(question, AskedCommands.NONE).from(ask)));
        begun.keySet().forEach(chains::remove);
        var done = wave(steps, begun, before);
        for (var open = open(); !open.isEmpty(); open = open()) wave(List.of(), open, Map.of());
        return done;
    }

    /// The same command asked by two questions travels once. What a chain went on with the last time travels along with its beginning.
    private List<Reply> wave(List<Command> steps, Map<Fact.Question<?>, Inquiry.Ask<?>> open, Map<Fact.Question<?>, AskedCommands> before)
        throws Unreachable {
        var commands = new LinkedHashSet<Command>();
        open.values().forEach(ask -> commands.addAll(ask.commands()));
        before.values().forEach(chain -> commands.addAll(chain.later()));
        var replies = session.exchange(new Exchange(steps, List.copyOf(commands)));
        var byCommand = new HashMap<Command, Reply>();
        int i = steps.size();
        for (Command command : commands) byCommand.put(command, replies.get(i++));
        open.forEach((question, ask) ->
            seen.put(question, go(question, ask, before.getOrDefault(question, AskedCommands.NONE), byCommand)));
        return List.copyOf(replies.subList(0, steps.size()));
    }

    /// As far as the replies go.
    private Inquiry<?> go(Fact.Question<?> question, Inquiry.Ask<?> first, AskedCommands before, Map<Command, Reply> replies) {
        Inquiry<?> reached = first;
        while (reached instanceof Inquiry.Ask<?> ask && (ask == first || before.later().containsAll(ask.commands()))) {
            chains.merge(question, AskedCommands.of(ask), AskedCommands::and);
            reached = answered(question, ask, ask.commands().stream().map(replies::get).toList());
        }
        return reached;
    }

    private Inquiry<?> answered(Fact.Question<?> question, Inquiry.Ask<?> ask, List<Reply> answers) {
        var reading = reader.next(ask, answers);
        if (reading instanceof Reading.Unknown<?> && answers.stream().anyMatch(Reply.TimedOut.class::isInstance)) late.add(question);
        if (isMissingProgram(ask, answers, reading)) withoutProgram.add(question);
        else withoutProgram.remove(question);
        return reading;
    }

    /// The commands of a question from its first ask to its reading. One that comes twice is asked anew each time, so such a chain
    /// foretells nothing.
    private record AskedCommands(List<Command> first, Set<Command> later, boolean repeats) {
        static final AskedCommands NONE = new AskedCommands(List.of(), Set.of(), false);

        static AskedCommands of(Inquiry.Ask<?> ask) {
            return new AskedCommands(ask.commands(), Set.of(), false);
        }

        AskedCommands and(AskedCommands next) {
            var all = new LinkedHashSet<>(later);
            all.addAll(next.first);
            boolean again = !Collections.disjoint(first, next.first) || !Collections.disjoint(later, next.first);
            return new AskedCommands(first, all, repeats || again);
        }

        /// What can be sent along with an ask that begins as this chain did.
        AskedCommands from(Inquiry.Ask<?> ask) {
            return !repeats && first.equals(ask.commands()) ? this : NONE;
        }
    }

    /// The shell found no such program (POSIX, 2.8.2), and it is this program that the reading speaks of: many a question can do without
    /// one.
    private static boolean isMissingProgram(Inquiry.Ask<?> ask, List<Reply> answers, Inquiry<?> reading) {
        if (!(reading instanceof Reading.Unknown<?>(String why))) return false;
        for (int i = 0; i < answers.size(); i++)
            if (answers.get(i) instanceof Reply.Ran ran && ran.status() == 127 && names(why, ask.commands().get(i).words().getFirst()))
                return true;
        return false;
    }

    /// As a word of its own: a path may hold a program's name.
    private static boolean names(String text, String program) {
        return List.of(text.split("[^A-Za-z0-9_./+-]+")).stream().anyMatch(word -> word.equals(program));
    }

    /// Which changes could make known what is unknown of this fact; empty when none could.
    public Set<Effect> knownAfter(Fact<?> fact) {
        var all = EnumSet.noneOf(Effect.class);
        fact.questions().stream().filter(question -> seen.get(question) instanceof Reading.Unknown<?>)
            .forEach(question -> all.addAll(withoutProgram.contains(question) ? MISSING_PROGRAM : question.knownAfter()));
        return all;
    }

    private Map<Fact.Question<?>, Inquiry.Ask<?>> open() {
        var open = new LinkedHashMap<Fact.Question<?>, Inquiry.Ask<?>>();
        seen.forEach((question, reading) -> {
            if (reading instanceof Inquiry.Ask<?> ask) open.put(question, ask);
        });
        return open;
    }

    /// True when its questions were asked since anything was done.
    public boolean knows(Fact<?> fact) {
        return seen.keySet().containsAll(fact.questions());
    }

    /// Asks what is not known yet of this one fact.
    public <T> Reading<T> see(Fact<T> fact) throws Unreachable {
        ask(fact.questions());
        return get(fact);
    }

    /// What was answered, once its questions were asked.
    public <T> Reading<T> get(Fact<T> fact) {
        return switch (fact) {
            case Fact.Question<T> question -> asked(question);
            case Fact.Both<?, ?, T> both -> both(both);
            case Fact.Mapped<?, T> mapped -> mapped(mapped);
            case Fact.Maybe<?> maybe -> Facts.<T>cast(new Reading.Known<>(get(maybe.fact())));
            case Fact.Nothing<T>(T value) -> new Reading.Known<>(value);
        };
    }

    private <T> Reading<T> asked(Fact.Question<T> question) {
        if (!(seen.get(question) instanceof Reading<?> reading)) throw new IllegalStateException("not asked: " + question);
        return cast(reading);
    }

    private <A, B, T> Reading<T> both(Fact.Both<A, B, T> both) {
        return get(both.first()).flatMap(first -> get(both.second())
            .flatMap(second -> join(() -> Reading.known(both.join().apply(first, second)))));
    }

    private <A, T> Reading<T> mapped(Fact.Mapped<A, T> mapped) {
        return get(mapped.fact()).flatMap(value -> join(() -> mapped.how().apply(value)));
    }

    private static <T> Reading<T> join(Supplier<Reading<T>> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException strange) {
            return new Reading.Unknown<>(strange.getMessage());
        }
    }

    @SuppressWarnings("unchecked")   // `seen` maps Question<T> to Reading<T>, and Maybe<X> is a Fact<Reading<X>>
    private static <T> Reading<T> cast(Reading<?> reading) {
        return (Reading<T>) reading;
    }
}
