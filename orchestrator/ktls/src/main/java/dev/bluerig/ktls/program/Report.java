package dev.bluerig.ktls.program;

import dev.bluerig.ktls.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// Adds up what the lanes moved: every second for `progress`, in the end for `result`.
final class Report {
    private final Work work;
    private final List<Long> sent = new ArrayList<>();
    private final List<Long> received = new ArrayList<>();
    private long sentBefore;
    private long receivedBefore;

    Report(Work work) {
        this.work = work;
    }

    private long bytes(Function<Lane, Tally> way) {
        return work.lanes().stream().mapToLong(lane -> way.apply(lane).bytes()).sum();
    }

    /// One second more; or what was left of the last one.
    Json.Fields second() {
        long sentNow = bytes(Lane::sent);
        long receivedNow = bytes(Lane::received);
        sent.add(sentNow - sentBefore);
        received.add(receivedNow - receivedBefore);
        sentBefore = sentNow;
        receivedBefore = receivedNow;
        return Json.event("progress").with("seconds", sent.size()).with("sent", sentNow).with("received", receivedNow);
    }

    /// Once every lane is done and released.
    Json.Fields result(Meter.Usage usage, int dropped) {
        long handshakes = work.lanes().stream().mapToLong(Lane::handshakes).sum();
        Json.Fields cost = Json.fields().with("user", usage.user()).with("system", usage.system()).with("machine", usage.machine())
            .with("cores", new Json.Items(usage.shares().stream().map(share -> (Json) new Json.Real(share)).toList()))
            .with("voluntary", usage.voluntary()).with("involuntary", usage.involuntary())
            .with("handshakes", handshakes).with("retransmits", sum(Lane::retransmits));
        return Json.event("result").with("sent", transfer(Lane::sent, sent, sum(Lane::recordsSent))).with("received", transfer(Lane::received, received, sum(Lane::recordsReceived)))
            .with("usage", cost).with("dropped", dropped);
    }

    private long sum(ToLongFunction<Lane> number) {
        return work.lanes().stream().mapToLong(number).reduce(0, Lane::sum);
    }

    private Json transfer(Function<Lane, Tally> way, List<Long> seconds, long records) {
        List<Tally> tallies = work.lanes().stream().map(way).filter(Tally::begun).toList();
        long first = tallies.stream().mapToLong(Tally::first).reduce(Long.MAX_VALUE, Math::min);
        long last = tallies.stream().mapToLong(Tally::last).reduce(Long.MIN_VALUE, Math::max);
        return Json.fields().with("bytes", bytes(way)).with("records", records).with("seconds", tallies.isEmpty() ? 0 : (last - first) / 1e9)
            .with("per_second", new Json.Items(bytes(way) == 0 ? List.of() : seconds.stream().map(count -> (Json) new Json.Whole(count)).toList()))
            .with("checked", tallies.stream().mapToLong(Tally::checked).sum()).with("intact", true).with("digest", digest(way));
    }

    private String digest(Function<Lane, Tally> way) {
        if (!work.settings().everyByte() || bytes(way) == 0) return "";
        long all = 0;
        for (Lane lane : work.lanes()) all ^= Tile.mix((long) lane.number() << 32 | way.apply(lane).digest());
        return String.format("%016x", all);
    }
}
