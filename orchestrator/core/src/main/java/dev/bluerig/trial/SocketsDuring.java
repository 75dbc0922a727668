package dev.bluerig.trial;

import dev.bluerig.fact.KernelTlsSockets;
import dev.bluerig.fact.TlsSockets;
import dev.bluerig.trial.Testimony.Says;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What `ss` says of our connections while all of them are open, against what the program says of them. Two ways to ask the same kernel: they agree, or
/// one of them is not about these connections.
record SocketsDuring(Says says, String seen) {
    /// Empty when there is nothing to add: they agree, or the program handles the records, or connections come and go.
    static Optional<SocketsDuring> of(Matter matter) {
        if (!matter.stream()) return Optional.empty();
        long card = matter.connectionsIn(Place.CARD);
        long kernel = matter.connectionsIn(Place.KERNEL);
        if (card + kernel == 0) return Optional.empty();
        var asked = Heard.known(matter.end().during().sockets());
        if (asked.isEmpty()) return Optional.of(new SocketsDuring(Says.SILENT, "ss: " + Heard.why(matter.end().during().sockets())));
        var sockets = asked.get().sockets();
        if (sockets.size() < matter.evidence().load().connections())
            return Optional.of(new SocketsDuring(Says.SILENT, "ss shows " + sockets.size() + " connections of kernel TLS while " + matter.evidence().load().connections() + " are open"));
        boolean agree = count(sockets, matter.half(), Place.CARD) >= card && count(sockets, matter.half(), Place.KERNEL) >= kernel;
        return agree ? Optional.empty() : Optional.of(new SocketsDuring(Says.OBJECTS, "ss says " + words(asked.get(), matter.half()) + " while they are open"));
    }

    private static long count(List<TlsSockets.Socket> sockets, Half half, Place place) {
        return sockets.stream().filter(socket -> conf(socket, half).equals(place.text())).count();
    }

    private static String conf(TlsSockets.Socket socket, Half half) {
        return half == Half.TX ? socket.transmit() : socket.receive();
    }

    private static String words(KernelTlsSockets all, Half half) {
        var counted = all.sockets().stream().collect(Collectors.groupingBy(socket -> conf(socket, half), TreeMap::new, Collectors.counting()));
        return counted.entrySet().stream().map(each -> each.getValue() + " " + each.getKey()).collect(Collectors.joining(" + "));
    }
}
