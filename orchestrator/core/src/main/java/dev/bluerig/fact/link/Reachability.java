package dev.bluerig.fact.link;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.ToolJson;
import dev.bluerig.fact.ToolReplies;
import dev.bluerig.fact.system.ArpingFamily;
import dev.bluerig.fact.system.PingProgram;
import dev.bluerig.fact.system.UnfitProgram;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import dev.bluerig.source.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Whether peers answer on the very link that is cabled to them: to ARP, to a small packet, and to a full-size one that may not be
/// fragmented.
///
/// `unfit`: programs without which none of it can be asked; then there are no probes.
public record Reachability(List<UnfitProgram> unfit, List<Probe> probes) {
    public Reachability {
        unfit = List.copyOf(unfit);
        probes = List.copyOf(probes);
    }

    /// `mtu` in bytes; `peer` an IPv4 or IPv6 address.
    public record Target(LinkRef link, String peer, int mtu) {
        boolean isV6() {
            return peer.indexOf(':') >= 0;
        }

        /// What is left for the payload beside the headers of IP and ICMP: 20 + 8 or 40 + 8 bytes (RFC 791, RFC 792, RFC 8200, RFC 4443).
        public int payload() {
            return mtu - (isV6() ? 48 : 28);
        }
    }

    /// `link` is absent when nothing stands for the PCI function. `macs`: who answers for the peer's address. `said`: what the full-size
    /// ping complained of, or arping when nobody answered it.
    public record Probe(Target target, Optional<LinkName> link, List<String> macs, boolean small, boolean full, String said) {
        private boolean isLate() {
            return !target.isV6() && link.isPresent() && small && macs.isEmpty();
        }

        private Probe with(Reply arping) {
            var answered = ArpingFamily.macs(ToolReplies.printed(arping));
            return new Probe(target, link, answered, small, full, answered.isEmpty() ? complaint(arping) : said);
        }
    }

    /// Two waves: which programs these are and which link a PCI address is, then the probes.
    public record Seen(List<Target> targets) implements Fact.Question<Reachability> {
        public Seen {
            targets = List.copyOf(targets);
        }

        @Override
        public Inquiry<Reachability> read() {
            Inquiry<List<Reply>> versions = Inquiry.ask(List.of(PingProgram.VERSION, ArpingFamily.VERSION), Reading::known);
            return Inquiry.both(LinkRef.read(targets.stream().map(Target::link).toList()), versions,
                (ports, said) -> probes(ports, said.get(0), said.get(1)));
        }

        private Inquiry<Reachability> probes(PortLinks ports, Reply ping, Reply version) {
            var arping = ArpingFamily.of(version);
            var unfit = new ArrayList<UnfitProgram>();
            if (!PingProgram.isIputils(ping)) unfit.add(UnfitProgram.of("ping", ping));
            boolean heard = arping != ArpingFamily.MISSING && arping != ArpingFamily.OTHER;
            if (!heard && targets.stream().anyMatch(target -> !target.isV6())) unfit.add(UnfitProgram.of("arping", version));
            if (!unfit.isEmpty()) return Reading.known(new Reachability(unfit, List.of()));
            var commands = new ArrayList<Command>();
            for (Target target : targets) target.link().in(ports).ifPresent(link -> commands.addAll(commands(target, link.text(), arping)));
            if (commands.isEmpty()) return join(ports, arping, commands, List.of());
            return Inquiry.ask(commands, replies -> join(ports, arping, commands, replies));
        }

        private Inquiry<Reachability> join(PortLinks ports, ArpingFamily arping, List<Command> commands, List<Reply> replies) {
            Optional<Reading<Reachability>> unknown = unknown(commands, replies);
            if (unknown.isPresent()) return unknown.get();
            var probes = new ArrayList<Probe>();
            int next = 0;
            for (Target target : targets) {
                var link = target.link().in(ports);
                probes.add(link.isPresent() ? probe(target, link.get(), replies.subList(next, next + 3))
                    : new Probe(target, link, List.of(), false, false, ""));
                if (link.isPresent()) next += 3;
            }
            return patient(arping, probes);
        }

        /// A peer that answers a ping answers ARP too, be it late: the first frame of its kind through a bridge may wait for a busy DPU
        /// (seen: 1.2 s).
        private Inquiry<Reachability> patient(ArpingFamily arping, List<Probe> probes) {
            var commands = new ArrayList<Command>();
            var late = new ArrayList<Integer>();
            for (int i = 0; i < probes.size(); i++) {
                if (!probes.get(i).isLate()) continue;
                late.add(i);
                commands.add(arping.patientWho(probes.get(i).link.orElseThrow().text(), probes.get(i).target.peer()));
            }
            if (late.isEmpty()) return Reading.known(new Reachability(List.of(), probes));
            return Inquiry.ask(commands, replies -> Seen.unknown(commands, replies).orElseGet(() -> {
                var all = new ArrayList<>(probes);
                for (int i = 0; i < replies.size(); i++) all.set(late.get(i), probes.get(late.get(i)).with(replies.get(i)));
                return Reading.known(new Reachability(List.of(), all));
            }));
        }

        private static Optional<Reading<Reachability>> unknown(List<Command> commands, List<Reply> replies) {
            for (int i = 0; i < replies.size(); i++)
                if (!(replies.get(i) instanceof Reply.Ran ran) || ran.status() == 127)
                    return Optional.of(ToolReplies.unknown(commands.get(i), replies.get(i)));
            return Optional.empty();
        }
    }

    /// Small ping, full-size ping, and who answers. The small one waits up to five seconds for its reply: a link that was just changed
    /// needs a moment, and the peer may be configured at the same time. Asking the neighbour table comes after the pings have filled it.
    private static List<Command> commands(Target target, String link, ArpingFamily arping) {
        var who = target.isV6() ? Command.of("ip", "-j", "neigh", "show", "to", target.peer(), "dev", link)
            : arping.who(link, target.peer());
        return List.of(ping(target, link, 56, "-c", "1", "-w", "5"),
            ping(target, link, target.payload(), "-c", "2", "-i", "0.2", "-W", "1"), who);
    }

    private static Command ping(Target target, String link, int size, String... patience) {
        var words = new ArrayList<>(List.of("ping", "-n", "-M", "do"));
        words.addAll(List.of(patience));
        words.addAll(List.of("-s", Integer.toString(size), "-I", link, target.peer()));
        if (target.isV6()) words.add(1, "-6");
        return Command.of(words);
    }

    private static Probe probe(Target target, LinkName link, List<Reply> replies) {
        boolean small = ToolReplies.out(replies.get(0)).isPresent();
        boolean full = ToolReplies.out(replies.get(1)).isPresent();
        var macs = target.isV6() ? neighbours(ToolReplies.printed(replies.get(2))) : ArpingFamily.macs(ToolReplies.printed(replies.get(2)));
        return new Probe(target, Optional.of(link), macs, small, full, full ? "" : complaint(replies.get(macs.isEmpty() ? 2 : 1)));
    }

    private static List<String> neighbours(String json) {
        var macs = new TreeSet<String>();
        if (json.isBlank()) return List.copyOf(macs);
        for (Tree.Mapping entry : ToolJson.objects("ip neigh", json)) {
            boolean failed = ToolJson.texts(entry, "state").contains("FAILED");
            if (!failed) ToolJson.text(entry, "lladdr").ifPresent(macs::add);
        }
        return List.copyOf(macs);
    }

    private static final Pattern COMPLAINT = Pattern.compile("(?m)^(?:ping|arping): (.*)|^(From .*|Interface .* is down)");

    private static String complaint(Reply reply) {
        if (!(reply instanceof Reply.Ran ran)) return "";
        return COMPLAINT.matcher(ran.err() + "\n" + ran.out()).results().findFirst()
            .map(found -> found.group(1) == null ? found.group(2) : found.group(1)).orElse("");
    }
}
