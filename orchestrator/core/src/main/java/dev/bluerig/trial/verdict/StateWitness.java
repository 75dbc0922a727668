package dev.bluerig.trial.verdict;

import dev.bluerig.protocol.AgentEvent;
import dev.bluerig.protocol.TlsConf;
import dev.bluerig.trial.agent.ConnectionSample;
import dev.bluerig.trial.evidence.FigureText;
import dev.bluerig.trial.evidence.Readings;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.verdict.Testimony.Statement;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What the kernel says of every connection by sock_diag, at its start and at its end. Necessary and not sufficient: `hw` stays after the
/// link was down
///.
record StateWitness() implements WitnessCheck {
    @Override
    public Witness witness() {
        return Witness.CONNECTION_STATE;
    }

    @Override
    public Testimony hear(DirectionEvidence evidence) {
        int connections = evidence.whole().load().connections();
        String required = connections + " connections `hw` when opened and when closing";
        var samples = evidence.end().pair().samples();
        for (ConnectionSample sample : samples)
            if (sample.of(evidence.direction()).ifKnown().isEmpty())
                return says(Statement.SILENT, required, "connection " + sample.connection() + ": "
                    + Readings.why(sample.of(evidence.direction())));
        Set<Integer> opened = at(samples, AgentEvent.When.OPENED);
        Set<Integer> closing = at(samples, AgentEvent.When.CLOSING);
        String seen = counted(evidence, AgentEvent.When.OPENED) + " when opened, " + counted(evidence, AgentEvent.When.CLOSING)
            + " when closing" + why(evidence);
        if (opened.size() < connections || !closing.containsAll(opened)) return says(Statement.SILENT, required, seen);
        Optional<String> contradicted = fellBack(evidence).or(() -> stoodStill(evidence));
        if (contradicted.isPresent()) return says(Statement.OBJECTS, required, seen + "; " + contradicted.get());
        return SocketStates.of(evidence).map(other -> says(other.says(), required, seen + "; " + other.seen()))
            .orElseGet(() -> says(placed(evidence.places()), required, seen));
    }

    /// An agent that gave a reason to keep records, and no connection whose records it kept.
    private static Optional<String> fellBack(DirectionEvidence evidence) {
        String fallback = evidence.end().pair().fallback();
        boolean kept = evidence.end().pair().samples().stream()
            .anyMatch(sample -> Stream.of(Direction.values())
            .anyMatch(direction -> sample.of(direction).ifKnown().equals(Optional.of(TlsConf.PROGRAM))));
        return fallback.isEmpty() || kept ? Optional.empty()
            : Optional.of("the agent says that it handled records itself (" + fallback + "), and no connection shows it");
    }

    /// The kernel's record numbers count what passed it, in the card or not: with payload through they cannot have gone back, nor advanced
    /// by less than its records.
    private static Optional<String> stoodStill(DirectionEvidence evidence) {
        var opened = numbers(evidence, AgentEvent.When.OPENED);
        var closing = numbers(evidence, AgentEvent.When.CLOSING);
        for (var each : opened.entrySet())
            if (each.getValue() >= 0 && closing.get(each.getKey()) >= 0 && closing.get(each.getKey()) < each.getValue())
                return Optional.of("connection " + each.getKey() + ": the kernel's record number went back from " + each.getValue()
                    + " to " + closing.get(each.getKey()));
        boolean held = Stream.of(opened, closing).allMatch(all -> all.values().stream().allMatch(number -> number >= 0));
        if (!held || !evidence.stream()) return Optional.empty();
        long advanced = opened.entrySet().stream().mapToLong(each -> closing.get(each.getKey()) - each.getValue()).sum();
        long least = Math.ceilDiv(Math.max(0, evidence.carried().bytes()), DirectionEvidence.LARGEST_RECORD);
        return advanced >= least ? Optional.empty()
            : Optional.of("the kernel's record numbers advanced by " + FigureText.count(advanced) + ", and the payload needs "
            + FigureText.count(least) + " records");
    }

    private static Map<Integer, Long> numbers(DirectionEvidence evidence, AgentEvent.When when) {
        var numbers = new TreeMap<Integer, Long>();
        evidence.end().pair().samples().stream().filter(sample -> sample.when() == when)
            .forEach(sample -> numbers.put(sample.connection(), evidence.direction() == Direction.TX ? sample.transmitted()
            : sample.received()));
        return numbers;
    }

    /// Why the agent kept the records although the kernel was asked to take them.
    private static String why(DirectionEvidence evidence) {
        String fallback = evidence.end().pair().fallback();
        return fallback.isEmpty() || !evidence.places().contains(TlsConf.PROGRAM) ? "" : ": " + fallback;
    }

    /// `hw-record` is another way of offload, with TCP in the card, that no card of ours has; `none` is neither kernel nor agent.
    private static Statement placed(Set<TlsConf> places) {
        if (places.contains(TlsConf.CARD_RECORD) || places.contains(TlsConf.NONE)) return Statement.OBJECTS;
        if (places.equals(EnumSet.of(TlsConf.CARD))) return Statement.HARDWARE;
        if (places.equals(EnumSet.of(TlsConf.KERNEL))) return Statement.SOFTWARE;
        if (places.equals(EnumSet.of(TlsConf.PROGRAM))) return Statement.USER_SPACE;
        return places.contains(TlsConf.CARD) ? Statement.MIXED : Statement.OBJECTS;
    }

    private static Set<Integer> at(List<ConnectionSample> samples, AgentEvent.When when) {
        return samples.stream().filter(sample -> sample.when() == when).map(ConnectionSample::connection)
            .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String counted(DirectionEvidence evidence, AgentEvent.When when) {
        var counts = evidence.end().pair().samples().stream().filter(sample -> sample.when() == when)
            .flatMap(sample -> sample.of(evidence.direction()).ifKnown().stream())
            .collect(Collectors.groupingBy(place -> place, () -> new EnumMap<>(TlsConf.class), Collectors.counting()));
        return counts.isEmpty() ? "none asked" : counts.entrySet().stream().map(entry -> entry.getValue() + " " + entry.getKey().text())
            .collect(Collectors.joining(" + "));
    }
}
