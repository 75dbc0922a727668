package dev.bluerig.trial.evidence;

import dev.bluerig.fact.tls.CapturedSegments;
import dev.bluerig.fact.tls.CapturedSegments.Segment;
import dev.bluerig.protocol.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Searches a capture for the payload in clear, segment by segment (so that what was sent again is searched, too), and for TLS records.
///
/// - `server`: its address and port; `client`: its address. What belongs to others is passed over.
public record CaptureSearch(String server, int port, String client, KnownPlaintext plaintext) {
    private record Connection(Role sender, int clientPort) {}

    public List<CaptureResult.SenderCapture> of(CapturedSegments capture) {
        var connections = new LinkedHashMap<Connection, List<Segment>>();
        for (Segment segment : capture.segments())
            connection(segment).ifPresent(connection -> connections.computeIfAbsent(connection, any -> new ArrayList<>()).add(segment));
        var ways = new ArrayList<CaptureResult.SenderCapture>();
        for (Role role : Role.values())
            ways.add(way(role, connections.entrySet().stream().filter(entry -> entry.getKey().sender() == role)
                .map(entry -> entry.getValue()).toList()));
        return List.copyOf(ways);
    }

    private Optional<Connection> connection(Segment segment) {
        if (segment.source().equals(server) && segment.sourcePort() == port && segment.destination().equals(client))
            return Optional.of(new Connection(Role.SERVER, segment.destinationPort()));
        if (segment.destination().equals(server) && segment.destinationPort() == port && segment.source().equals(client))
            return Optional.of(new Connection(Role.CLIENT, segment.sourcePort()));
        return Optional.empty();
    }

    private CaptureResult.SenderCapture way(Role role, List<List<Segment>> connections) {
        var all = connections.stream().flatMap(List::stream).toList();
        var records = connections.stream().map(RecordScanner::of).toList();
        var leaks = all.stream().map(this::leak).flatMap(Optional::stream).toList();
        long kept = all.stream().mapToLong(segment -> segment.content().limit()).sum();
        return new CaptureResult.SenderCapture(role, connections.size(), all.size(), kept,
            all.stream().mapToLong(Segment::length).sum() - kept,
            records.stream().mapToLong(RecordScanner.Seen::records).sum(),
            records.stream().mapToLong(RecordScanner.Seen::others).sum(), records.stream().mapToLong(RecordScanner.Seen::sealed).sum(),
            leaks.size(), leaks.stream().findFirst().orElse(""));
    }

    private Optional<String> leak(Segment segment) {
        return plaintext.in(segment.content()).map(found -> FigureText.count(found.length()) + " bytes at offset " + found.offset()
            + " of the segment " + segment.source() + ":" + segment.sourcePort() + " to "
            + segment.destination() + ":" + segment.destinationPort() + ", sequence number " + segment.sequence());
    }
}
