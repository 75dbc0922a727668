package dev.bluerig.ktls.program;

import dev.bluerig.ktls.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// Adds up what the lanes moved: every second for `progress`, in the end for `result`.
final class TrafficReport {
    private final Workload work;
    private final List<Long> sent = new ArrayList<>();
    private final List<Long> received = new ArrayList<>();
    private long sentBefore;
    private long receivedBefore;

    TrafficReport(Workload work) {
        this.work = work;
    }

    private long bytes(Function<ConnectionWorker, ByteCounter> way) {
        return work.lanes().stream().mapToLong(lane -> way.apply(lane).bytes()).sum();
    }

    /// One second more; or what was left of the last one.
    Json.Fields second() {
        long sentNow = bytes(ConnectionWorker::sent);
        long receivedNow = bytes(ConnectionWorker::received);
        sent.add(sentNow - sentBefore);
        received.add(receivedNow - receivedBefore);
        sentBefore = sentNow;
        receivedBefore = receivedNow;
        return Json.event("progress").with("seconds", sent.size()).with("sent", sentNow).with("received", receivedNow);
    }

    /// Once every lane is done and released.
    Json.Fields result(Meter.Usage usage, int dropped) {
        long handshakes = work.lanes().stream().mapToLong(ConnectionWorker::handshakes).sum();
        Json.Fields cost = Json.fields().with("user", usage.user()).with("system", usage.system()).with("machine", usage.machine())
            .with("cores", new Json.Items(usage.shares().stream().map(share -> (Json) new Json.Real(share)).toList()))
            .with("voluntary", usage.voluntary()).with("involuntary", usage.involuntary())
            .with("handshakes", handshakes).with("retransmits", sum(ConnectionWorker::retransmits));
        return Json.event("result").with("sent", transfer(ConnectionWorker::sent, sent, sum(ConnectionWorker::recordsSent))).with("received", transfer(ConnectionWorker::received, received, sum(ConnectionWorker::recordsReceived)))
            .with("usage", cost).with("dropped", dropped);
    }

    private long sum(ToLongFunction<ConnectionWorker> number) {
        return work.lanes().stream().mapToLong(number).reduce(0, ConnectionWorker::sum);
    }

    private Json transfer(Function<ConnectionWorker, ByteCounter> way, List<Long> seconds, long records) {
        List<ByteCounter> tallies = work.lanes().stream().map(way).filter(ByteCounter::begun).toList();
        long first = tallies.stream().mapToLong(ByteCounter::first).reduce(Long.MAX_VALUE, Math::min);
        long last = tallies.stream().mapToLong(ByteCounter::last).reduce(Long.MIN_VALUE, Math::max);
        return Json.fields().with("bytes", bytes(way)).with("records", records).with("seconds", tallies.isEmpty() ? 0 : (last - first) / 1e9)
            .with("per_second", new Json.Items(bytes(way) == 0 ? List.of() : seconds.stream().map(count -> (Json) new Json.Whole(count)).toList()))
            .with("checked", tallies.stream().mapToLong(ByteCounter::checked).sum()).with("intact", true).with("digest", digest(way));
    }

    private String digest(Function<ConnectionWorker, ByteCounter> way) {
        if (!work.settings().everyByte() || bytes(way) == 0) return "";
        long all = 0;
        for (ConnectionWorker lane : work.lanes()) all ^= PayloadPattern.mix((long) lane.number() << 32 | way.apply(lane).digest());
        return String.format("%016x", all);
    }
}
