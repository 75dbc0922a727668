package dev.bluerig.trial.verdict;

import dev.bluerig.protocol.AgentEvent;
import dev.bluerig.protocol.TlsConf;
import dev.bluerig.trial.agent.ConnectionSample;
import dev.bluerig.trial.evidence.FigureFormat;
import dev.bluerig.trial.evidence.Readings;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.verdict.Testimony.Says;
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
    public Testimony hear(DirectionEvidence matter) {
        int connections = matter.evidence().load().connections();
        String required = connections + " connections `hw` when opened and when closing";
        var samples = matter.end().pair().samples();
        for (ConnectionSample sample : samples)
            if (Readings.known(sample.of(matter.half())).isEmpty())
                return says(Says.SILENT, required, "connection " + sample.connection() + ": " + Readings.why(sample.of(matter.half())));
        Set<Integer> opened = at(samples, AgentEvent.When.OPENED);
        Set<Integer> closing = at(samples, AgentEvent.When.CLOSING);
        String seen = counted(matter, AgentEvent.When.OPENED) + " when opened, " + counted(matter, AgentEvent.When.CLOSING)
            + " when closing" + why(matter);
        if (opened.size() < connections || !closing.containsAll(opened)) return says(Says.SILENT, required, seen);
        Optional<String> contradicted = fellBack(matter).or(() -> stoodStill(matter));
        if (contradicted.isPresent()) return says(Says.OBJECTS, required, seen + "; " + contradicted.get());
        return SocketStates.of(matter).map(other -> says(other.says(), required, seen + "; " + other.seen()))
            .orElseGet(() -> says(placed(matter.places()), required, seen));
    }

    /// An agent that gave a reason to keep records, and no connection whose records it kept.
    private static Optional<String> fellBack(DirectionEvidence matter) {
        String fallback = matter.end().pair().fallback();
        boolean kept = matter.end().pair().samples().stream()
            .anyMatch(sample -> Stream.of(Direction.values())
            .anyMatch(half -> Readings.known(sample.of(half)).equals(Optional.of(TlsConf.PROGRAM))));
        return fallback.isEmpty() || kept ? Optional.empty()
            : Optional.of("the agent says that it handled records itself (" + fallback + "), and no connection shows it");
    }

    /// The kernel's record numbers count what passed it, in the card or not: with payload through they cannot have gone back, nor advanced
    /// by less than its records.
    private static Optional<String> stoodStill(DirectionEvidence matter) {
        var opened = numbers(matter, AgentEvent.When.OPENED);
        var closing = numbers(matter, AgentEvent.When.CLOSING);
        for (var each : opened.entrySet())
            if (each.getValue() >= 0 && closing.get(each.getKey()) >= 0 && closing.get(each.getKey()) < each.getValue())
                return Optional.of("connection " + each.getKey() + ": the kernel's record number went back from " + each.getValue()
                    + " to " + closing.get(each.getKey()));
        boolean held = Stream.of(opened, closing).allMatch(all -> all.values().stream().allMatch(number -> number >= 0));
        if (!held || !matter.stream()) return Optional.empty();
        long advanced = opened.entrySet().stream().mapToLong(each -> closing.get(each.getKey()) - each.getValue()).sum();
        long least = Math.ceilDiv(Math.max(0, matter.carried().bytes()), DirectionEvidence.LARGEST_RECORD);
        return advanced >= least ? Optional.empty()
            : Optional.of("the kernel's record numbers advanced by " + FigureFormat.count(advanced) + ", and the payload needs "
            + FigureFormat.count(least) + " records");
    }

    private static Map<Integer, Long> numbers(DirectionEvidence matter, AgentEvent.When when) {
        var numbers = new TreeMap<Integer, Long>();
        matter.end().pair().samples().stream().filter(sample -> sample.when() == when)
            .forEach(sample -> numbers.put(sample.connection(), matter.half() == Direction.TX ? sample.transmitted() : sample.received()));
        return numbers;
    }

    /// Why the agent kept the records although the kernel was asked to take them.
    private static String why(DirectionEvidence matter) {
        String fallback = matter.end().pair().fallback();
        return fallback.isEmpty() || !matter.places().contains(TlsConf.PROGRAM) ? "" : ": " + fallback;
    }

    /// `hw-record` is another way of offload, with TCP in the card, that no card of ours has; `none` is neither kernel nor agent.
    private static Says placed(Set<TlsConf> places) {
        if (places.contains(TlsConf.CARD_RECORD) || places.contains(TlsConf.NONE)) return Says.OBJECTS;
        if (places.equals(EnumSet.of(TlsConf.CARD))) return Says.HARDWARE;
        if (places.equals(EnumSet.of(TlsConf.KERNEL))) return Says.SOFTWARE;
        if (places.equals(EnumSet.of(TlsConf.PROGRAM))) return Says.USER_SPACE;
        return places.contains(TlsConf.CARD) ? Says.MIXED : Says.OBJECTS;
    }

    private static Set<Integer> at(List<ConnectionSample> samples, AgentEvent.When when) {
        return samples.stream().filter(sample -> sample.when() == when).map(ConnectionSample::connection)
            .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String counted(DirectionEvidence matter, AgentEvent.When when) {
        var counts = matter.end().pair().samples().stream().filter(sample -> sample.when() == when)
            .flatMap(sample -> Readings.known(sample.of(matter.half())).stream())
            .collect(Collectors.groupingBy(place -> place, () -> new java.util.EnumMap<>(TlsConf.class), Collectors.counting()));
        return counts.isEmpty() ? "none asked" : counts.entrySet().stream().map(entry -> entry.getValue() + " " + entry.getKey().text())
            .collect(Collectors.joining(" + "));
    }
}
