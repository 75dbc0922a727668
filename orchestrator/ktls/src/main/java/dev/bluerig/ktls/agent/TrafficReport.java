package dev.bluerig.ktls.agent;

import dev.bluerig.ktls.Meter;
import dev.bluerig.protocol.AgentEvent;
import dev.bluerig.protocol.CpuUsage;
import dev.bluerig.protocol.Flow;
import dev.bluerig.protocol.SplitMix64;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// Adds up what the connections moved: every second for `progress`, in the end for `result`.
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
        return work.workers().stream().mapToLong(worker -> way.apply(worker).bytes()).sum();
    }

    /// One second more; or what was left of the last one.
    AgentEvent second() {
        long sentNow = bytes(ConnectionWorker::sent);
        long receivedNow = bytes(ConnectionWorker::received);
        sent.add(sentNow - sentBefore);
        received.add(receivedNow - receivedBefore);
        sentBefore = sentNow;
        receivedBefore = receivedNow;
        return new AgentEvent.Progress(sent.size(), sentNow, receivedNow);
    }

    /// Once every worker is done and released.
    AgentEvent result(Meter.Usage usage, int dropped) {
        long handshakes = work.workers().stream().mapToLong(ConnectionWorker::handshakes).sum();
        var cost = new CpuUsage(usage.user(), usage.system(), usage.machine(), usage.shares(), usage.voluntary(), usage.involuntary(),
            handshakes, sum(ConnectionWorker::retransmits));
        return new AgentEvent.Result(flow(ConnectionWorker::sent, sent, sum(ConnectionWorker::recordsSent)),
            flow(ConnectionWorker::received, received, sum(ConnectionWorker::recordsReceived)), cost, dropped);
    }

    private long sum(ToLongFunction<ConnectionWorker> number) {
        return work.workers().stream().mapToLong(number).reduce(0, ConnectionWorker::sum);
    }

    private Flow flow(Function<ConnectionWorker, ByteCounter> way, List<Long> seconds, long records) {
        List<ByteCounter> tallies = work.workers().stream().map(way).filter(ByteCounter::begun).toList();
        long first = tallies.stream().mapToLong(ByteCounter::first).reduce(Long.MAX_VALUE, Math::min);
        long last = tallies.stream().mapToLong(ByteCounter::last).reduce(Long.MIN_VALUE, Math::max);
        return new Flow(bytes(way), records, tallies.isEmpty() ? 0 : (last - first) / 1e9, bytes(way) == 0 ? List.of() : seconds,
            tallies.stream().mapToLong(ByteCounter::checked).sum(), true, digest(way));
    }

    private String digest(Function<ConnectionWorker, ByteCounter> way) {
        if (!work.settings().load().everyByte() || bytes(way) == 0) return "";
        long all = 0;
        for (ConnectionWorker worker : work.workers()) all ^= SplitMix64.mix((long) worker.number() << 32 | way.apply(worker).digest());
        return String.format("%016x", all);
    }
}
