package dev.bluerig.trial.verdict;

import dev.bluerig.fact.link.PeerRoute;
import dev.bluerig.fact.tls.KernelTlsCiphers;
import dev.bluerig.fact.tls.TlsFlags.Flag;
import dev.bluerig.inventory.Version;
import dev.bluerig.protocol.Role;
import dev.bluerig.protocol.TlsConf;
import dev.bluerig.trial.evidence.CounterDelta;
import dev.bluerig.trial.evidence.EndSnapshot;
import dev.bluerig.trial.evidence.FigureText;
import dev.bluerig.trial.evidence.Readings;
import dev.bluerig.trial.evidence.WitnessedTraffic;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.spec.Thresholds;
import dev.bluerig.trial.verdict.Testimony.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Verdicts about traffic that is not ours: the same rules as `Judge`, and as the payload is unknown, the card is held against what the
/// link carried.
public final class TrafficJudge {
    /// Ethernet 14, IPv4 20, TCP 20 with its timestamp option 12.
    private static final int HEADERS = 66;
    /// Less than this is handshakes and acknowledgements; no share of it means anything.
    private static final long LEAST = 1 << 20;
    private static final int AT_THE_START = 4;
    private static final double ABOUT_NOTHING = 0.01;

    private TrafficJudge() {}

    /// One verdict for each direction of each end. The first end of the pair is named server, as in trials; who listens is not known.
    public static List<Verdict> of(WitnessedTraffic traffic, Thresholds thresholds) {
        var verdicts = new ArrayList<Verdict>();
        for (Role role : Role.values())
            for (Direction direction : Direction.values()) {
                var evidence = new TrafficEvidence(traffic.of(role), traffic.of(role == Role.SERVER ? Role.CLIENT : Role.SERVER),
                    direction, thresholds);
                var testimonies = List.of(version(evidence), state(evidence), kernel(evidence), card(evidence), errors(evidence),
                    unchanged(evidence),
                    new Testimony(Witness.FLIP, Statement.NOT_CALLED, "", "the flags of somebody else's traffic are not touched"),
                    new Testimony(Witness.PATH, Statement.NOT_CALLED, "", "what passed the DPUs cannot be held against an unknown payload"),
                    new Testimony(Witness.WIRE, Statement.NOT_CALLED, "", "an unknown payload cannot be recognised on the cable"));
                verdicts.add(new Verdict(evidence.side().machine(), role, direction, Judge.ruling(testimonies), testimonies));
            }
        return List.copyOf(verdicts);
    }

    /// AES-256-GCM is let pass from 6.1 on, as in trials.
    private static Testimony version(TrafficEvidence evidence) {
        String required = "TLS 1.2 with AES-128-GCM, or AES-256-GCM on Linux 6.1 or newer";
        var seen = new TreeSet<String>();
        boolean hardware = true;
        for (var reading : evidence.side().ciphers()) {
            var known = reading.ifKnown();
            if (known.isEmpty()) return new Testimony(Witness.VERSION_AND_CIPHER, Statement.SILENT, required, Readings.why(reading));
            for (KernelTlsCiphers.Negotiated each : known.get().negotiated()) {
                seen.add("TLS " + each.version() + " " + each.cipher());
                hardware &= each.version().equals("1.2") && (each.cipher().equals("aes-gcm-128")
                    || each.cipher().equals("aes-gcm-256") && Version.leading(evidence.side().kernel())
                    .filter(version -> version.atLeast(VersionWitness.AES_256)).isPresent());
            }
        }
        if (seen.isEmpty())
            return new Testimony(Witness.VERSION_AND_CIPHER, Statement.SILENT, required,
                "no connection of kernel TLS was open when it was looked at");
        return new Testimony(Witness.VERSION_AND_CIPHER, hardware ? Statement.HARDWARE : Statement.SOFTWARE, required,
            String.join(", ", seen) + " on Linux " + evidence.side().kernel());
    }

    private static Testimony state(TrafficEvidence evidence) {
        String required = "every connection `hw`, whenever it was looked at";
        for (EndSnapshot snapshot : evidence.side().snapshots())
            if (snapshot.sockets().ifKnown().isEmpty())
                return new Testimony(Witness.CONNECTION_STATE, Statement.SILENT, required, Readings.why(snapshot.sockets()));
        var places = evidence.side().connections().stream()
            .collect(Collectors.groupingBy(evidence::place, TreeMap::new, Collectors.counting()));
        places.remove(TlsConf.NONE.text());
        if (places.isEmpty())
            return new Testimony(Witness.CONNECTION_STATE, Statement.SILENT, required,
                "no connection of kernel TLS was open when it was looked at: not TLS, TLS in the program, or too short");
        String seen = places.entrySet().stream().map(each -> each.getValue() + " " + each.getKey()).collect(Collectors.joining(" + "));
        boolean card = places.containsKey(TlsConf.CARD.text());
        boolean kernel = places.containsKey(TlsConf.KERNEL.text());
        if (places.size() > (card ? 1 : 0) + (kernel ? 1 : 0)) return new Testimony(Witness.CONNECTION_STATE, Statement.OBJECTS, required,
            seen);
        return new Testimony(Witness.CONNECTION_STATE, card ? kernel ? Statement.MIXED : Statement.HARDWARE : Statement.SOFTWARE, required,
            seen);
    }

    private static Testimony kernel(TrafficEvidence evidence) {
        String required = evidence.named("Device") + " rises, or connections in the card were open before; " + evidence.named("Sw")
            + " +0 and none open; TlsDecryptError +0";
        CounterDelta device = evidence.kernel(evidence.named("Device"));
        CounterDelta software = evidence.kernel(evidence.named("Sw"));
        CounterDelta errors = evidence.kernel("TlsDecryptError");
        for (CounterDelta rise : List.of(device, software, errors))
            switch (rise) {
                case CounterDelta.Unknown(String why) -> {
                    return new Testimony(Witness.KERNEL_COUNTERS, Statement.SILENT, required, why);
                }
                case CounterDelta.Reset(String what) -> {
                    return new Testimony(Witness.KERNEL_COUNTERS, Statement.OBJECTS, required,
                        what + ": the module was loaded again, or the machine rebooted");
                }
                case CounterDelta.Increase by -> { }
            }
        var inCard = evidence.openBefore("Device");
        var inKernel = evidence.openBefore("Sw");
        if (inCard.isEmpty() || inKernel.isEmpty())
            return new Testimony(Witness.KERNEL_COUNTERS, Statement.SILENT, required,
                "there is no counter " + evidence.open(inCard.isEmpty() ? "Device" : "Sw"));
        String seen = evidence.named("Device") + " +" + device.orUnknown() + " (" + inCard.get() + " open before), " + evidence.named("Sw")
            + " +" + software.orUnknown() + " (" + inKernel.get()
            + " open before), TlsDecryptError +" + errors.orUnknown();
        if (errors.orUnknown() > 0) return new Testimony(Witness.KERNEL_COUNTERS, Statement.OBJECTS, required, seen);
        long card = device.orUnknown() + inCard.get();
        long cpu = software.orUnknown() + inKernel.get();
        if (card + cpu == 0)
            return new Testimony(Witness.KERNEL_COUNTERS, Statement.SILENT, required,
                seen + ": no kernel TLS here, so it was not TLS, TLS in the program, or another network namespace");
        return new Testimony(Witness.KERNEL_COUNTERS, cpu == 0 ? Statement.HARDWARE : card == 0 ? Statement.SOFTWARE : Statement.MIXED,
            required, seen);
    }

    /// TX counts record bytes, RX whole packets; the link counts whole packets both ways.
    private static Testimony card(TrafficEvidence evidence) {
        double least = evidence.direction() == Direction.TX ? 1 - evidence.thresholds().surplus() : evidence.thresholds().received();
        String required = evidence.bytes() + " at least " + FigureText.share(least) + " of what " + evidence.side().link()
            + " carried without headers, and at most " + FigureText.share(1 + evidence.thresholds().surplus());
        var rises = List.of(evidence.card(evidence.bytes()), evidence.card(evidence.packets()), evidence.card(evidence.linkBytes()),
            evidence.card(evidence.linkPackets()));
        for (CounterDelta rise : rises)
            switch (rise) {
                case CounterDelta.Unknown(String why) -> {
                    return new Testimony(Witness.CARD_COUNTERS, Statement.SILENT, required, why);
                }
                case CounterDelta.Reset(String what) -> {
                    return new Testimony(Witness.CARD_COUNTERS, Statement.OBJECTS, required,
                        what + ": the driver was loaded again, or the machine rebooted");
                }
                case CounterDelta.Increase by -> { }
            }
        long handled = rises.get(0).orUnknown() - (evidence.direction() == Direction.RX ? HEADERS * rises.get(1).orUnknown() : 0);
        long carried = rises.get(2).orUnknown() - HEADERS * rises.get(3).orUnknown();
        String seen = evidence.bytes() + " +" + FigureText.count(rises.get(0).orUnknown()) + " in "
            + FigureText.count(rises.get(1).orUnknown()) + " packets; the link carried "
            + FigureText.count(rises.get(2).orUnknown()) + " bytes in " + FigureText.count(rises.get(3).orUnknown()) + " packets";
        if (rises.get(0).orUnknown() > rises.get(1).orUnknown() * CardWitness.LONGEST_PACKET)
            return new Testimony(Witness.CARD_COUNTERS, Statement.OBJECTS, required, seen + ": figures that cannot be");
        if (carried < LEAST) return new Testimony(Witness.CARD_COUNTERS, Statement.SILENT, required, seen + ": too little to tell");
        double share = handled / (double) carried;
        return new Testimony(Witness.CARD_COUNTERS, weighed(share, least, 1 + evidence.thresholds().surplus()), required,
            seen + ": " + FigureText.share(share)
            + (share < least && share >= ABOUT_NOTHING ? "; the rest is traffic without TLS, or records that the card left to the"
            + " kernel: the counters cannot tell which" : ""));
    }

    private static Statement weighed(double share, double least, double most) {
        if (share < ABOUT_NOTHING) return Statement.SOFTWARE;
        if (share > most) return Statement.OBJECTS;
        return share >= least ? Statement.HARDWARE : Statement.SILENT;
    }

    private static Testimony errors(TrafficEvidence evidence) {
        long packets = Math.max(0, evidence.card(evidence.packets()).orUnknown());
        long connections = Math.max(1, evidence.kernel(evidence.named("Device")).orUnknown());
        long bound = packets * evidence.thresholds().disorder() / 1_000_000 + AT_THE_START * connections;
        String required = "errors +0, disorder at most +" + FigureText.count(bound);
        var moved = new ArrayList<String>();
        boolean objects = false;
        for (ErrorCounter counter : ErrorCounter.of(evidence.direction()))
            switch (counter.rise(evidence::card, evidence::kernel)) {
                case CounterDelta.Increase(long count) -> {
                    if (count > 0) moved.add(counter.text() + " +" + FigureText.count(count));
                    objects |= count > (counter.error() ? 0 : bound);
                }
                case CounterDelta.Reset(String what) -> {
                    moved.add(what);
                    objects = true;
                }
                case CounterDelta.Unknown(String why) -> {
                    if (counter.everywhere()) return new Testimony(Witness.ERROR_COUNTERS, Statement.SILENT, required, why);
                }
            }
        return new Testimony(Witness.ERROR_COUNTERS, objects ? Statement.OBJECTS : Statement.HARDWARE, required, moved.isEmpty()
            ? "all still"
            : String.join(", ", moved));
    }

    private static Testimony unchanged(TrafficEvidence evidence) {
        String required = "flag on, carrier, and route by " + evidence.side().link() + " whenever it was looked at";
        if (evidence.peer().machine().equals(evidence.side().machine()))
            return new Testimony(Witness.UNCHANGED, Statement.OBJECTS, required, "both ends are " + evidence.side().machine()
                + ": no cable was crossed");
        var flags = new ArrayList<Flag>();
        for (EndSnapshot snapshot : evidence.side().snapshots()) {
            Optional<String> silent = Stream.of(snapshot.flags(), snapshot.carrier(), snapshot.route())
                .filter(reading -> reading.ifKnown().isEmpty()).map(Readings::why).findFirst();
            if (silent.isPresent()) return new Testimony(Witness.UNCHANGED, Statement.SILENT, required, silent.get());
            if (!snapshot.carrier().ifKnown().orElseThrow())
                return new Testimony(Witness.UNCHANGED, Statement.OBJECTS, required, evidence.side().link() + " had no carrier");
            PeerRoute route = snapshot.route().ifKnown().orElseThrow();
            if (route.local() || !route.device().equals(evidence.side().link()))
                return new Testimony(Witness.UNCHANGED, Statement.OBJECTS, required, "the route to " + evidence.peer().machine()
                    + (route.local() ? " does not leave the machine" : " leaves by " + route.device()));
            var seen = snapshot.flags().ifKnown().orElseThrow();
            flags.add(evidence.direction() == Direction.TX ? seen.transmit() : seen.receive());
        }
        String name = "tls-hw-" + (evidence.direction() == Direction.TX ? "tx" : "rx") + "-offload of " + evidence.side().link() + " ";
        if (flags.contains(Flag.ABSENT)) return new Testimony(Witness.UNCHANGED, Statement.SILENT, required, name + "is not listed");
        switch (evidence.card("link_down_events_phy")) {
            case CounterDelta.Unknown(String why) -> {
                return new Testimony(Witness.UNCHANGED, Statement.SILENT, required, "whether " + evidence.side().link()
                    + " lost its link between the looks: " + why);
            }
            case CounterDelta.Reset(String what) -> {
                return new Testimony(Witness.UNCHANGED, Statement.OBJECTS, required,
                    what + ": the driver was loaded again, or the machine rebooted");
            }
            case CounterDelta.Increase(long losses) when losses > 0 -> {
                return new Testimony(Witness.UNCHANGED, Statement.MIXED, required, evidence.side().link() + " lost its link " + losses
                    + " times: connections from before go on in software and still say `hw`");
            }
            case CounterDelta.Increase none -> { }
        }
        String words = name + String.join(", then ", flags.stream().map(Flag::words).distinct().toList());
        if (flags.stream().allMatch(Flag::on)) return new Testimony(Witness.UNCHANGED, Statement.HARDWARE, required, words);
        return new Testimony(Witness.UNCHANGED, flags.stream().noneMatch(Flag::on) ? Statement.SOFTWARE : Statement.OBJECTS, required,
            words);
    }
}
