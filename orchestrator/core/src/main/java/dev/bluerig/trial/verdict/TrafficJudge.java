package dev.bluerig.trial.verdict;

import dev.bluerig.fact.link.PeerRoute;
import dev.bluerig.fact.tls.KernelTlsCiphers;
import dev.bluerig.fact.tls.TlsFlags.Flag;
import dev.bluerig.inventory.Version;
import dev.bluerig.protocol.Role;
import dev.bluerig.protocol.TlsConf;
import dev.bluerig.trial.evidence.CounterDelta;
import dev.bluerig.trial.evidence.EndSnapshot;
import dev.bluerig.trial.evidence.FigureFormat;
import dev.bluerig.trial.evidence.Readings;
import dev.bluerig.trial.evidence.WitnessedTraffic;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.spec.Thresholds;
import dev.bluerig.trial.verdict.Testimony.Says;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

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
    public static List<Verdict> of(WitnessedTraffic traffic, Thresholds bars) {
        var verdicts = new ArrayList<Verdict>();
        for (Role role : Role.values())
            for (Direction half : Direction.values()) {
                var matter = new TrafficEvidence(traffic.of(role), traffic.of(role == Role.SERVER ? Role.CLIENT : Role.SERVER), half, bars);
                var testimonies = List.of(version(matter), state(matter), kernel(matter), card(matter), errors(matter), unchanged(matter),
                    new Testimony(Witness.FLIP, Says.NOT_CALLED, "", "the flags of somebody else's traffic are not touched"),
                    new Testimony(Witness.PATH, Says.NOT_CALLED, "", "what passed the DPUs cannot be held against an unknown payload"),
                    new Testimony(Witness.WIRE, Says.NOT_CALLED, "", "an unknown payload cannot be recognised on the cable"));
                verdicts.add(new Verdict(matter.side().machine(), role, half, Judge.ruling(testimonies), testimonies));
            }
        return List.copyOf(verdicts);
    }

    /// AES-256-GCM is let pass from 6.1 on, as in trials.
    private static Testimony version(TrafficEvidence matter) {
        String required = "TLS 1.2 with AES-128-GCM, or AES-256-GCM on Linux 6.1 or newer";
        var seen = new TreeSet<String>();
        boolean hardware = true;
        for (var reading : matter.side().ciphers()) {
            var known = Readings.known(reading);
            if (known.isEmpty()) return new Testimony(Witness.VERSION_AND_CIPHER, Says.SILENT, required, Readings.why(reading));
            for (KernelTlsCiphers.Negotiated each : known.get().negotiated()) {
                seen.add("TLS " + each.version() + " " + each.cipher());
                hardware &= each.version().equals("1.2") && (each.cipher().equals("aes-gcm-128")
                    || each.cipher().equals("aes-gcm-256") && Version.leading(matter.side().kernel())
                    .filter(version -> version.atLeast(VersionWitness.AES_256)).isPresent());
            }
        }
        if (seen.isEmpty())
            return new Testimony(Witness.VERSION_AND_CIPHER, Says.SILENT, required,
                "no connection of kernel TLS was open when it was looked at");
        return new Testimony(Witness.VERSION_AND_CIPHER, hardware ? Says.HARDWARE : Says.SOFTWARE, required,
            String.join(", ", seen) + " on Linux " + matter.side().kernel());
    }

    private static Testimony state(TrafficEvidence matter) {
        String required = "every connection `hw`, whenever it was looked at";
        for (EndSnapshot look : matter.side().looks())
            if (Readings.known(look.sockets()).isEmpty())
                return new Testimony(Witness.CONNECTION_STATE, Says.SILENT, required, Readings.why(look.sockets()));
        var places = matter.side().connections().stream()
            .collect(Collectors.groupingBy(matter::place, java.util.TreeMap::new, Collectors.counting()));
        places.remove(TlsConf.NONE.text());
        if (places.isEmpty())
            return new Testimony(Witness.CONNECTION_STATE, Says.SILENT, required,
                "no connection of kernel TLS was open when it was looked at: not TLS, TLS in the program, or too short");
        String seen = places.entrySet().stream().map(each -> each.getValue() + " " + each.getKey()).collect(Collectors.joining(" + "));
        boolean card = places.containsKey(TlsConf.CARD.text());
        boolean kernel = places.containsKey(TlsConf.KERNEL.text());
        if (places.size() > (card ? 1 : 0) + (kernel ? 1 : 0)) return new Testimony(Witness.CONNECTION_STATE, Says.OBJECTS, required, seen);
        return new Testimony(Witness.CONNECTION_STATE, card ? kernel ? Says.MIXED : Says.HARDWARE : Says.SOFTWARE, required, seen);
    }

    private static Testimony kernel(TrafficEvidence matter) {
        String required = matter.named("Device") + " rises, or connections in the card were open before; " + matter.named("Sw")
            + " +0 and none open; TlsDecryptError +0";
        CounterDelta device = matter.kernel(matter.named("Device"));
        CounterDelta software = matter.kernel(matter.named("Sw"));
        CounterDelta errors = matter.kernel("TlsDecryptError");
        for (CounterDelta rise : List.of(device, software, errors))
            switch (rise) {
                case CounterDelta.Silent(String why) -> {
                    return new Testimony(Witness.KERNEL_COUNTERS, Says.SILENT, required, why);
                }
                case CounterDelta.Backwards(String what) -> {
                    return new Testimony(Witness.KERNEL_COUNTERS, Says.OBJECTS, required,
                        what + ": the module was loaded again, or the machine rebooted");
                }
                case CounterDelta.By by -> { }
            }
        var inCard = matter.openBefore("Device");
        var inKernel = matter.openBefore("Sw");
        if (inCard.isEmpty() || inKernel.isEmpty())
            return new Testimony(Witness.KERNEL_COUNTERS, Says.SILENT, required,
                "there is no counter " + matter.open(inCard.isEmpty() ? "Device" : "Sw"));
        String seen = matter.named("Device") + " +" + device.orUnknown() + " (" + inCard.get() + " open before), " + matter.named("Sw")
            + " +" + software.orUnknown() + " (" + inKernel.get()
            + " open before), TlsDecryptError +" + errors.orUnknown();
        if (errors.orUnknown() > 0) return new Testimony(Witness.KERNEL_COUNTERS, Says.OBJECTS, required, seen);
        long card = device.orUnknown() + inCard.get();
        long cpu = software.orUnknown() + inKernel.get();
        if (card + cpu == 0)
            return new Testimony(Witness.KERNEL_COUNTERS, Says.SILENT, required,
                seen + ": no kernel TLS here, so it was not TLS, TLS in the program, or another network namespace");
        return new Testimony(Witness.KERNEL_COUNTERS, cpu == 0 ? Says.HARDWARE : card == 0 ? Says.SOFTWARE : Says.MIXED, required, seen);
    }

    /// TX counts record bytes, RX whole packets; the link counts whole packets both ways.
    private static Testimony card(TrafficEvidence matter) {
        double least = matter.half() == Direction.TX ? 1 - matter.bars().surplus() : matter.bars().received();
        String required = matter.bytes() + " at least " + FigureFormat.share(least) + " of what " + matter.side().link()
            + " carried without headers, and at most " + FigureFormat.share(1 + matter.bars().surplus());
        var rises = List.of(matter.card(matter.bytes()), matter.card(matter.packets()), matter.card(matter.linkBytes()),
            matter.card(matter.linkPackets()));
        for (CounterDelta rise : rises)
            switch (rise) {
                case CounterDelta.Silent(String why) -> {
                    return new Testimony(Witness.CARD_COUNTERS, Says.SILENT, required, why);
                }
                case CounterDelta.Backwards(String what) -> {
                    return new Testimony(Witness.CARD_COUNTERS, Says.OBJECTS, required,
                        what + ": the driver was loaded again, or the machine rebooted");
                }
                case CounterDelta.By by -> { }
            }
        long handled = rises.get(0).orUnknown() - (matter.half() == Direction.RX ? HEADERS * rises.get(1).orUnknown() : 0);
        long carried = rises.get(2).orUnknown() - HEADERS * rises.get(3).orUnknown();
        String seen = matter.bytes() + " +" + FigureFormat.count(rises.get(0).orUnknown()) + " in "
            + FigureFormat.count(rises.get(1).orUnknown()) + " packets; the link carried "
            + FigureFormat.count(rises.get(2).orUnknown()) + " bytes in " + FigureFormat.count(rises.get(3).orUnknown()) + " packets";
        if (rises.get(0).orUnknown() > rises.get(1).orUnknown() * CardWitness.LONGEST_PACKET)
            return new Testimony(Witness.CARD_COUNTERS, Says.OBJECTS, required, seen + ": figures that cannot be");
        if (carried < LEAST) return new Testimony(Witness.CARD_COUNTERS, Says.SILENT, required, seen + ": too little to tell");
        double share = handled / (double) carried;
        return new Testimony(Witness.CARD_COUNTERS, weighed(share, least, 1 + matter.bars().surplus()), required,
            seen + ": " + FigureFormat.share(share)
            + (share < least && share >= ABOUT_NOTHING ? "; the rest is traffic without TLS, or records that the card left to the"
            + " kernel: the counters cannot tell which" : ""));
    }

    private static Says weighed(double share, double least, double most) {
        if (share < ABOUT_NOTHING) return Says.SOFTWARE;
        if (share > most) return Says.OBJECTS;
        return share >= least ? Says.HARDWARE : Says.SILENT;
    }

    private static Testimony errors(TrafficEvidence matter) {
        long packets = Math.max(0, matter.card(matter.packets()).orUnknown());
        long connections = Math.max(1, matter.kernel(matter.named("Device")).orUnknown());
        long bound = packets * matter.bars().disorder() / 1_000_000 + AT_THE_START * connections;
        String required = "errors +0, disorder at most +" + FigureFormat.count(bound);
        var moved = new ArrayList<String>();
        boolean objects = false;
        for (ErrorCounter counter : ErrorCounter.of(matter.half()))
            switch (counter.rise(matter::card, matter::kernel)) {
                case CounterDelta.By(long count) -> {
                    if (count > 0) moved.add(counter.text() + " +" + FigureFormat.count(count));
                    objects |= count > (counter.error() ? 0 : bound);
                }
                case CounterDelta.Backwards(String what) -> {
                    moved.add(what);
                    objects = true;
                }
                case CounterDelta.Silent(String why) -> {
                    if (counter.everywhere()) return new Testimony(Witness.ERROR_COUNTERS, Says.SILENT, required, why);
                }
            }
        return new Testimony(Witness.ERROR_COUNTERS, objects ? Says.OBJECTS : Says.HARDWARE, required, moved.isEmpty() ? "all still"
            : String.join(", ", moved));
    }

    private static Testimony unchanged(TrafficEvidence matter) {
        String required = "flag on, carrier, and route by " + matter.side().link() + " whenever it was looked at";
        if (matter.peer().machine().equals(matter.side().machine()))
            return new Testimony(Witness.UNCHANGED, Says.OBJECTS, required, "both ends are " + matter.side().machine()
                + ": no cable was crossed");
        var flags = new ArrayList<Flag>();
        for (EndSnapshot look : matter.side().looks()) {
            Optional<String> silent = java.util.stream.Stream.of(look.flags(), look.carrier(), look.route())
                .filter(reading -> Readings.known(reading).isEmpty()).map(Readings::why).findFirst();
            if (silent.isPresent()) return new Testimony(Witness.UNCHANGED, Says.SILENT, required, silent.get());
            if (!Readings.known(look.carrier()).orElseThrow())
                return new Testimony(Witness.UNCHANGED, Says.OBJECTS, required, matter.side().link() + " had no carrier");
            PeerRoute route = Readings.known(look.route()).orElseThrow();
            if (route.local() || !route.device().equals(matter.side().link()))
                return new Testimony(Witness.UNCHANGED, Says.OBJECTS, required, "the route to " + matter.peer().machine()
                    + (route.local() ? " does not leave the machine" : " leaves by " + route.device()));
            var seen = Readings.known(look.flags()).orElseThrow();
            flags.add(matter.half() == Direction.TX ? seen.transmit() : seen.receive());
        }
        String name = "tls-hw-" + (matter.half() == Direction.TX ? "tx" : "rx") + "-offload of " + matter.side().link() + " ";
        if (flags.contains(Flag.ABSENT)) return new Testimony(Witness.UNCHANGED, Says.SILENT, required, name + "is not listed");
        switch (matter.card("link_down_events_phy")) {
            case CounterDelta.Silent(String why) -> {
                return new Testimony(Witness.UNCHANGED, Says.SILENT, required, "whether " + matter.side().link()
                    + " lost its link between the looks: " + why);
            }
            case CounterDelta.Backwards(String what) -> {
                return new Testimony(Witness.UNCHANGED, Says.OBJECTS, required,
                    what + ": the driver was loaded again, or the machine rebooted");
            }
            case CounterDelta.By(long losses) when losses > 0 -> {
                return new Testimony(Witness.UNCHANGED, Says.MIXED, required, matter.side().link() + " lost its link " + losses
                    + " times: connections from before go on in software and still say `hw`");
            }
            case CounterDelta.By none -> { }
        }
        String words = name + String.join(", then ", flags.stream().map(Flag::words).distinct().toList());
        if (flags.stream().allMatch(Flag::on)) return new Testimony(Witness.UNCHANGED, Says.HARDWARE, required, words);
        return new Testimony(Witness.UNCHANGED, flags.stream().noneMatch(Flag::on) ? Says.SOFTWARE : Says.OBJECTS, required, words);
    }
}
