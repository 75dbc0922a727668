package dev.bluerig.run;

import dev.bluerig.source.BoundedFile;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Json;
import dev.bluerig.source.Location;
import dev.bluerig.source.Tree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A journal as its file tells it, when the run is over or was killed.
///
/// - `foreign`: lines of another version, which are passed over.
/// - `broken`: lines that are no JSON object, the last one aside.
/// - `torn`: the last line is not whole, because the run was killed while it wrote it.
public record WrittenJournal(List<JournalEvent> events, int foreign, int broken, boolean torn) {
    public WrittenJournal {
        events = List.copyOf(events);
    }

    /// One remedy: `answered` when its commands were, `judged` when the task ended.
    public record RemedyTrace(JournalEvent.RemedyBegan begun, Optional<JournalEvent.RemedyEnded> answered,
        Optional<JournalEvent.TaskEnded> judged) {
        /// Its commands may have run or not.
        public boolean open() {
            return answered.isEmpty();
        }

        private RemedyTrace and(JournalEvent.RemedyEnded reply) {
            return new RemedyTrace(begun, Optional.of(reply), judged);
        }

        private RemedyTrace and(JournalEvent.TaskEnded end) {
            return new RemedyTrace(begun, answered, Optional.of(end));
        }
    }

    /// A trial that began on a pair and did not end; `cells`: how many were judged.
    public record TrialTrace(String trial, String pair, Instant since, int cells) {}

    /// Throws `InvalidInput` for what is no file, or too large. What is in it is never refused.
    public static WrittenJournal read(Path file) {
        return of(BoundedFile.bytes(file, BoundedFile.JSON, Location.file(file.toString()), "the journal"));
    }

    static WrittenJournal of(byte[] bytes) {
        var events = new ArrayList<JournalEvent>();
        int foreign = 0;
        int broken = 0;
        boolean torn = false;
        for (int start = 0, end; start < bytes.length; start = end + 1) {
            for (end = start; end < bytes.length && bytes[end] != '\n'; ) end++;
            if (end == start) continue;
            if (torn) broken++;
            var line = object(new String(bytes, start, end - start, StandardCharsets.UTF_8));
            torn = line.isEmpty();
            var event = line.flatMap(JournalLine::event);
            event.ifPresent(events::add);
            if (!torn && event.isEmpty()) foreign++;
        }
        return new WrittenJournal(events, foreign, broken, torn);
    }

    /// A journal as a stranger may see it: the same lines in the same order, without secrets. What is no event that we know is cleaned as
    /// what it is: JSON, or text.
    public static String cleaned(String journal, Redaction redaction) {
        return journal.lines().map(line -> object(line).map(tree -> Json.write(JournalLine.event(tree)
            .map(known -> redaction.fields(Json.read("journal", JournalLine.of(known, redaction))))
            .orElseGet(() -> redaction.strangers(tree)))).orElseGet(() -> redaction.of(line)) + "\n").collect(Collectors.joining());
    }

    private static Optional<Tree> object(String line) {
        try {
            return Optional.of(Json.read("journal", line)).filter(Tree.Mapping.class::isInstance);
        } catch (InvalidInput broken) {
            return Optional.empty();
        }
    }

    public <E extends JournalEvent> Stream<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast);
    }

    /// The remedies of each machine that a task was begun or ended on, in their order; none for a machine where no remedy was begun.
    public Map<String, List<RemedyTrace>> remedies() {
        var all = new LinkedHashMap<String, List<RemedyTrace>>();
        var running = new HashMap<JournalEvent.Place, Integer>();
        for (JournalEvent event : events) {
            switch (event) {
                case JournalEvent.RemedyBegan begun -> {
                    var remedies = of(all, begun.place());
                    running.put(begun.place(), remedies.size());
                    remedies.add(new RemedyTrace(begun, Optional.empty(), Optional.empty()));
                }
                case JournalEvent.RemedyEnded answered -> Optional.ofNullable(running.get(answered.place())).ifPresent(index ->
                    of(all, answered.place()).set(index, of(all, answered.place()).get(index).and(answered)));
                case JournalEvent.TaskEnded judged -> {
                    var remedies = of(all, judged.place());
                    Optional.ofNullable(running.remove(judged.place())).ifPresent(index ->
                        remedies.set(index, remedies.get(index).and(judged)));
                }
                case JournalEvent.RunBegan _, JournalEvent.TrialProgress _, JournalEvent.Cleaned _, JournalEvent.FlipBegan _,
                    JournalEvent.FlipEnded _, JournalEvent.CellJudged _, JournalEvent.Purged _, JournalEvent.NotPurged _,
                    JournalEvent.Armed _, JournalEvent.Released _, JournalEvent.RunEnded _ -> { }
            }
        }
        return all;
    }

    private static List<RemedyTrace> of(Map<String, List<RemedyTrace>> all, JournalEvent.Place place) {
        return all.computeIfAbsent(place.machine(), any -> new ArrayList<>());
    }

    private record TrialOfPair(String trial, String pair) {}

    public List<TrialTrace> trialsInProgress() {
        var open = new LinkedHashMap<TrialOfPair, TrialTrace>();
        for (JournalEvent event : events) {
            if (event instanceof JournalEvent.TrialProgress moved) {
                var key = new TrialOfPair(moved.trial(), moved.pair());
                if (moved.began()) open.put(key, new TrialTrace(moved.trial(), moved.pair(), moved.at(), 0));
                else open.remove(key);
            }
            if (event instanceof JournalEvent.CellJudged cell) open.computeIfPresent(new TrialOfPair(cell.trial(), cell.pair()),
                (key, trace) -> new TrialTrace(trace.trial, trace.pair, trace.since, trace.cells + 1));
        }
        return List.copyOf(open.values());
    }

    /// What was armed and is not known to be disarmed or taken back; the machine sees to that itself.
    public List<JournalEvent.Armed> stillArmed() {
        var open = new LinkedHashMap<String, JournalEvent.Armed>();
        for (JournalEvent event : events) {
            if (event instanceof JournalEvent.Armed armed) open.put(armed.directory(), armed);
            if (event instanceof JournalEvent.Released released) open.remove(released.directory());
        }
        return List.copyOf(open.values());
    }

    private record FlagsOfMachine(TrialOfPair of, String machine) {}

    /// Whose flags were to be switched off and are not known to be on again.
    public List<JournalEvent.FlipBegan> flagsOff() {
        var open = new LinkedHashMap<FlagsOfMachine, JournalEvent.FlipBegan>();
        for (JournalEvent event : events) {
            if (event instanceof JournalEvent.FlipBegan off)
                open.put(new FlagsOfMachine(new TrialOfPair(off.trial(), off.pair()), off.machine()), off);
            if (event instanceof JournalEvent.FlipEnded on && on.back())
                open.remove(new FlagsOfMachine(new TrialOfPair(on.trial(), on.pair()), on.machine()));
        }
        return List.copyOf(open.values());
    }
}
