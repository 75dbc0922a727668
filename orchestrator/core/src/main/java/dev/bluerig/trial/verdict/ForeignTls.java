package dev.bluerig.trial.verdict;

import dev.bluerig.fact.Reading;
import dev.bluerig.fact.tls.KernelTlsSockets;
import dev.bluerig.fact.tls.TlsSockets;
import dev.bluerig.trial.evidence.EndObservation;
import dev.bluerig.trial.evidence.EndSnapshot;
import dev.bluerig.trial.evidence.FigureText;
import dev.bluerig.trial.evidence.Readings;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/// Kernel TLS of other programs on the same machine: it moves the same counters, so they would prove nothing of ours.
///
/// Two sources, and either is enough to object: the gauges of tls_stat, which see every connection of the network namespace, and `ss`,
/// which names who.
public final class ForeignTls {
    private ForeignTls() {}

    /// Why the counters cannot be ours alone. `seen`: connections of others; otherwise it cannot be told whether there are any.
    public record Objection(boolean seen, String why) {
        static Objection seen(String who) {
            return new Objection(true, who);
        }

        static Objection unseen(String why) {
            return new Objection(false, why);
        }
    }

    /// Empty when the counters are ours alone.
    public static Optional<Objection> in(DirectionEvidence evidence) {
        long alongside = evidence.whole().alongside();
        long ours = evidence.inProgram() ? 0 : evidence.whole().load().connections();
        EndObservation end = evidence.end();
        return open(evidence, end.before(), alongside, "before the run")
            .or(() -> open(evidence, end.during(), ours + alongside, "during the run"))
            .or(() -> sockets(end.before().sockets(), List.of(), alongside, "before the run"))
            .or(() -> sockets(end.during().sockets(), List.of(), ours + alongside, "during the run"))
            .or(() -> sockets(end.after().sockets(), end.during().sockets().ifKnown().map(KernelTlsSockets::sockets)
            .orElse(List.of()), alongside, "after the run"));
    }

    /// Connections of this direction that are open now: gauges of the kernel.
    private static Optional<Objection> open(DirectionEvidence evidence, EndSnapshot snapshot, long ours, String when) {
        var counters = snapshot.tls().ifKnown();
        if (counters.isEmpty()) return Optional.of(Objection.unseen(Readings.why(snapshot.tls())));
        OptionalLong device = counters.get().of(evidence.open("Device"));
        OptionalLong software = counters.get().of(evidence.open("Sw"));
        if (device.isEmpty() || software.isEmpty())
            return Optional.of(Objection.unseen("there is no counter " + evidence.open(device.isEmpty() ? "Device" : "Sw")));
        long more = device.getAsLong() + software.getAsLong() - ours;
        return more <= 0 ? Optional.empty()
            : Optional.of(Objection.seen(FigureText.count(more) + " connections of other programs were open " + when + ": "
            + owners(evidence, snapshot, ours)));
    }

    private static String owners(DirectionEvidence evidence, EndSnapshot snapshot, long ours) {
        var seen = snapshot.sockets().ifKnown().map(KernelTlsSockets::sockets).orElse(List.of());
        if (seen.isEmpty()) return "ss -tiepn does not show whose";
        return names(seen, ours);
    }

    /// `closing`: connections that may still be going away.
    private static Optional<Objection> sockets(Reading<KernelTlsSockets> reading, List<TlsSockets.Socket> closing, long ours, String when) {
        var known = reading.ifKnown();
        if (known.isEmpty()) return Optional.of(Objection.unseen("other programs' connections cannot be seen: " + Readings.why(reading)));
        var old = new HashSet<>(closing.stream().map(socket -> socket.local() + " " + socket.peer()).toList());
        var seen = known.get().sockets().stream().filter(socket -> !old.contains(socket.local() + " " + socket.peer())).toList();
        return seen.size() <= ours ? Optional.empty()
            : Optional.of(Objection.seen("kernel TLS of other programs " + when + ": " + names(seen, ours)));
    }

    /// All our connections at one end belong to one program: whoever has exactly as many is left out.
    private static String names(List<TlsSockets.Socket> seen, long ours) {
        var processes = new TreeSet<>(seen.stream().map(TlsSockets.Socket::process).toList());
        if (ours > 0 && processes.size() > 1)
            processes.stream().filter(process -> seen.stream().filter(socket -> socket.process().equals(process)).count() == ours)
                .findFirst().ifPresent(processes::remove);
        return String.join(", ", processes);
    }
}
