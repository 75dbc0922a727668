package dev.bluerig.trial;

import dev.bluerig.trial.Testimony.Says;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What the kernel says of every connection by sock_diag, at its start and at its end. Necessary and not sufficient: `hw` stays after the link was down
/// (domain facts 2.3).
record StateWitness() implements Hearing {
    @Override
    public Witness witness() {
        return Witness.CONNECTION_STATE;
    }

    @Override
    public Testimony hear(Matter matter) {
        int connections = matter.evidence().load().connections();
        String required = connections + " connections `hw` when opened and when closing";
        var samples = matter.end().pair().samples();
        for (Sample sample : samples)
            if (Heard.known(sample.of(matter.half())).isEmpty())
                return says(Says.SILENT, required, "connection " + sample.connection() + ": " + Heard.why(sample.of(matter.half())));
        Set<Integer> opened = at(samples, Sample.When.OPENED);
        Set<Integer> closing = at(samples, Sample.When.CLOSING);
        String seen = counted(matter, Sample.When.OPENED) + " when opened, " + counted(matter, Sample.When.CLOSING) + " when closing" + why(matter);
        if (opened.size() < connections || !closing.containsAll(opened)) return says(Says.SILENT, required, seen);
        return says(placed(matter.places()), required, seen);
    }

    /// Why the program kept the records although the kernel was asked to take them.
    private static String why(Matter matter) {
        String fallback = matter.end().pair().fallback();
        return fallback.isEmpty() || !matter.places().contains(Place.PROGRAM) ? "" : ": " + fallback;
    }

    /// `hw-record` is another way of offload, with TCP in the card, that no card of ours has (domain facts 2.6); `none` is neither kernel nor program.
    private static Says placed(Set<Place> places) {
        if (places.contains(Place.CARD_RECORD) || places.contains(Place.NONE)) return Says.OBJECTS;
        if (places.equals(EnumSet.of(Place.CARD))) return Says.HARDWARE;
        if (places.equals(EnumSet.of(Place.KERNEL))) return Says.SOFTWARE;
        if (places.equals(EnumSet.of(Place.PROGRAM))) return Says.USER_SPACE;
        return places.contains(Place.CARD) ? Says.MIXED : Says.OBJECTS;
    }

    private static Set<Integer> at(List<Sample> samples, Sample.When when) {
        return samples.stream().filter(sample -> sample.when() == when).map(Sample::connection).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String counted(Matter matter, Sample.When when) {
        var counts = matter.end().pair().samples().stream().filter(sample -> sample.when() == when).flatMap(sample -> Heard.known(sample.of(matter.half())).stream())
            .collect(Collectors.groupingBy(place -> place, () -> new java.util.EnumMap<>(Place.class), Collectors.counting()));
        return counts.isEmpty() ? "none asked" : counts.entrySet().stream().map(entry -> entry.getValue() + " " + entry.getKey().text()).collect(Collectors.joining(" + "));
    }
}
