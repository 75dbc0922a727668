package dev.bluerig.trial.evidence;

import dev.bluerig.fact.Reading;
import dev.bluerig.fact.tls.KernelTlsCiphers;
import dev.bluerig.fact.tls.TlsSockets;
import dev.bluerig.inventory.CableId;
import dev.bluerig.protocol.Role;
import java.util.List;

/// A user's own traffic over one cable as both ends saw it from outside: what was sent, and by whom, nobody has told.
public record WitnessedTraffic(CableId cable, ObservedEnd first, ObservedEnd second) {
    /// One end: snapshots in the order of time, the first before the traffic and the last after it, and the ciphers that were open at each.
    public record ObservedEnd(String machine, String link, String kernel, List<EndSnapshot> snapshots,
        List<Reading<KernelTlsCiphers>> ciphers) {
        public ObservedEnd {
            snapshots = List.copyOf(snapshots);
            ciphers = List.copyOf(ciphers);
            if (snapshots.size() < 2 || snapshots.size() != ciphers.size())
                throw new IllegalArgumentException("a snapshot before and one after, each with its ciphers");
        }

        /// Every connection of kernel TLS that any look saw: the subject, whoever it belongs to.
        public List<TlsSockets.Socket> connections() {
            return snapshots.stream().flatMap(snapshot -> snapshot.sockets().ifKnown().stream()).flatMap(seen ->
                seen.sockets().stream())
                .distinct().toList();
        }
    }

    public ObservedEnd of(Role role) {
        return role == Role.SERVER ? first : second;
    }
}
