package dev.bluerig.fact.link;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Numerals;
import dev.bluerig.fact.SafeValues;
import dev.bluerig.fact.ToolJson;
import dev.bluerig.fact.ovs.SwitchedPorts;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.remote.Command;
import dev.bluerig.source.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/// All network devices of a machine with their addresses, in the order of their index.
public record Links(List<Link> all) {
    public static final Command COMMAND = Command.of("ip", "-d", "-j", "address", "show");

    public Links {
        all = List.copyOf(all);
    }

    /// By its name, or by one of its other names.
    public Optional<Link> named(LinkName name) {
        return all.stream().filter(link -> link.name().equals(name)).findFirst()
            .or(() -> all.stream().filter(link -> link.otherNames().contains(name.text())).findFirst());
    }

    /// Who has a link for itself: a bridge, bond, team or switch that it is a port of, or a macvlan in passthru mode on it. What arrives on
    /// the link is that one's, so an address belongs there. `holds`: its addresses; `kind` is in words.
    public record Holder(String name, String kind, List<Link.Address> holds) {
        public Holder {
            holds = List.copyOf(holds);
        }

        /// A bond or team gives its members its own MTU; a bridge takes that of its smallest port; a port of Open vSwitch keeps its own.
        public boolean givesMtu() {
            return !kind.equals("bridge") && !kind.equals("openvswitch");
        }

        @Override
        public String toString() {
            return switch (kind) {
                case "openvswitch" -> "Open vSwitch";
                case "" -> name;
                default -> name + " (" + kind + ")";
            };
        }
    }

    /// The same where Open vSwitch is the master of its ports, as it is of those of its kernel data path.
    public Links with(SwitchedPorts switched) {
        return new Links(all.stream().map(link -> switched.names().contains(link.name().text()) && link.master().isEmpty()
            ? link.in("ovs-system") : link).toList());
    }

    /// From the nearest to the outermost: a bond may be a port of a bridge. A VRF only separates routes, so it holds nobody.
    public List<Holder> holders(Link link) {
        var holders = new ArrayList<Holder>();
        for (Optional<Holder> next = holder(link); next.isPresent()
            && holders.size() < all.size(); next = next.flatMap(one -> seen(one.name())).flatMap(this::holder))
            holders.add(next.get());
        return holders;
    }

    private Optional<Holder> holder(Link link) {
        Optional<Link> master = link.master().flatMap(this::seen);
        boolean switched = link.master().filter("ovs-system"::equals).isPresent();   // the kernel's data path, whatever else is told
        String kind = switched ? "openvswitch" : master.flatMap(Link::kind).or(link::memberOf).orElse("");
        if (link.master().isPresent() && !kind.equals("vrf"))
            return Optional.of(new Holder(link.master().get(), kind, master.map(Link::addresses).orElse(List.of())));
        return above(link).filter(upper -> upper.mode().filter("passthru"::equals).isPresent()).findFirst()
            .map(upper -> new Holder(upper.name().text(), upper.kind().orElse("macvlan") + " in passthru mode", upper.addresses()));
    }

    private Optional<Link> seen(String name) {
        return all.stream().filter(link -> link.name().text().equals(name)).findFirst();
    }

    /// VLANs, macvlans and their like that stand on a link; a veth's other end does not.
    public Stream<Link> above(Link link) {
        return all.stream().filter(upper -> upper.lower().filter(link.name().text()::equals).isPresent()
            && upper.kind().filter("veth"::equals).isEmpty());
    }

    /// The VRF that it is in; addresses and routes of different ones do not meet.
    public Optional<Link> vrf(Link link) {
        return link.master().flatMap(this::seen).filter(master -> master.kind().filter("vrf"::equals).isPresent());
    }

    /// What its routing table may be called: that of its VRF by number or by the VRF's name, else `main`.
    public Set<String> tables(Link link) {
        return vrf(link).map(vrf -> Set.of(vrf.name().text(), vrf.table().orElse("main"))).orElse(Set.of("main"));
    }

    /// One question for all links.
    public record Seen() implements Fact.Question<Links> {
        @Override
        public Inquiry<Links> read() {
            return Inquiry.parse(COMMAND, Links::parse);
        }
    }

    /// Those of sch_generic.c and of the usual `net.core.default_qdisc` (mq, noqueue, pfifo_fast, fq, fq_codel, sfq, cake) are left out.
    private static final Set<String> SHAPING =
        Set.of("cbq", "cbs", "drr", "etf", "ets", "hfsc", "htb", "mqprio", "netem", "prio", "qfq", "red", "taprio", "tbf");

    public static Links parse(String json) {
        var links = new ArrayList<Link>();
        for (Tree.Mapping object : ToolJson.objects("ip address", json))
            ToolJson.text(object, "ifname").flatMap(SafeValues::link).ifPresent(name -> links.add(link(name, object)));
        if (links.isEmpty()) throw new IllegalArgumentException("no link at all, not even lo");
        return new Links(links);
    }

    private static Link link(LinkName name, Tree.Mapping object) {
        List<String> flags = ToolJson.texts(object, "flags");
        int mtu = mtu(object).orElseThrow(() -> new IllegalArgumentException("no mtu for " + name));
        Optional<Tree.Mapping> info = ToolJson.object(object, "linkinfo");
        Optional<Tree.Mapping> data = info.flatMap(of -> ToolJson.object(of, "info_data"));
        Optional<String> kind = info.flatMap(of -> ToolJson.text(of, "info_kind"));
        return new Link(name, ToolJson.number(object, "ifindex").orElse(0), kind,
            data.flatMap(of -> ToolJson.text(of, "mode")).filter(any -> kind.orElse("").startsWith("macv")),
            flags.contains("UP"), flags.contains("LOWER_UP"), mtu, ToolJson.number(object, "max_mtu").filter(most -> most > 0),
            ToolJson.text(object, "address"), ToolJson.text(object, "master"), info.flatMap(of -> ToolJson.text(of, "info_slave_kind")),
            ToolJson.text(object, "link").or(() -> data.flatMap(of -> ToolJson.text(of, "link"))),
            ToolJson.texts(object, "altnames"), ToolJson.text(object, "parentdev"), ToolJson.text(object, "phys_port_name"),
            data.flatMap(of -> ToolJson.text(of, "table")).filter(any -> kind.filter("vrf"::equals).isPresent()),
            ToolJson.text(object, "qdisc").filter(SHAPING::contains), addresses(object));
    }

    /// A dummy takes more than fits an `int`.
    private static OptionalInt mtu(Tree.Mapping object) {
        return ToolJson.text(object, "mtu").map(Numerals::count).filter(OptionalLong::isPresent)
            .map(bytes -> OptionalInt.of((int) Math.min(Integer.MAX_VALUE, bytes.getAsLong()))).orElse(OptionalInt.empty());
    }

    private static List<Link.Address> addresses(Tree.Mapping object) {
        var addresses = new ArrayList<Link.Address>();
        for (Tree.Mapping entry : ToolJson.objects(object, "addr_info")) address(entry).ifPresent(addresses::add);
        return addresses;
    }

    /// One that cannot be read is left out alone. With a peer, `ip` prints the peer's prefix.
    private static Optional<Link.Address> address(Tree.Mapping entry) {
        var cidr = ToolJson.text(entry, "local")
            .flatMap(local -> ToolJson.number(entry, "prefixlen").flatMap(prefix -> SafeValues.cidr(local + "/" + prefix)));
        return cidr.map(read -> new Link.Address(read, ToolJson.text(entry, "scope").orElse("global"), ToolJson.yes(entry, "dynamic"),
            ToolJson.text(entry, "address")));
    }
}
