package dev.bluerig.trial.verdict;

import dev.bluerig.fact.tls.KernelTlsSockets;
import dev.bluerig.fact.tls.TlsSockets;
import dev.bluerig.protocol.TlsConf;
import dev.bluerig.trial.evidence.Readings;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.verdict.Testimony.Statement;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What `ss` says of our connections while all of them are open, against what the agent says of them. Two ways to ask the same kernel: they
/// agree, or one of them is not about these connections.
record SocketStates(Statement says, String seen) {
    /// Empty when there is nothing to add: they agree, or the agent handles the records, or connections come and go.
    static Optional<SocketStates> of(DirectionEvidence evidence) {
        if (!evidence.stream()) return Optional.empty();
        long card = evidence.connectionsIn(TlsConf.CARD);
        long kernel = evidence.connectionsIn(TlsConf.KERNEL);
        if (card + kernel == 0) return Optional.empty();
        var asked = evidence.end().during().sockets().ifKnown();
        if (asked.isEmpty()) return Optional.of(new SocketStates(Statement.SILENT, "ss: "
            + Readings.why(evidence.end().during().sockets())));
        var sockets = asked.get().sockets();
        if (sockets.size() < evidence.whole().load().connections())
            return Optional.of(new SocketStates(Statement.SILENT, "ss shows " + sockets.size() + " connections of kernel TLS while "
                + evidence.whole().load().connections() + " are open"));
        boolean agree = count(sockets, evidence.direction(), TlsConf.CARD) >= card
            && count(sockets, evidence.direction(), TlsConf.KERNEL) >= kernel;
        return agree ? Optional.empty()
            : Optional.of(new SocketStates(Statement.OBJECTS, "ss says " + words(asked.get(), evidence.direction())
                + " while they are open"));
    }

    private static long count(List<TlsSockets.Socket> sockets, Direction direction, TlsConf place) {
        return sockets.stream().filter(socket -> conf(socket, direction).equals(place.text())).count();
    }

    private static String conf(TlsSockets.Socket socket, Direction direction) {
        return direction == Direction.TX ? socket.transmit() : socket.receive();
    }

    private static String words(KernelTlsSockets all, Direction direction) {
        var counted = all.sockets().stream()
            .collect(Collectors.groupingBy(socket -> conf(socket, direction), TreeMap::new, Collectors.counting()));
        return counted.entrySet().stream().map(each -> each.getValue() + " " + each.getKey()).collect(Collectors.joining(" + "));
    }
}
