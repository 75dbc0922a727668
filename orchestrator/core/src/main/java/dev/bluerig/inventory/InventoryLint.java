package dev.bluerig.inventory;

import dev.bluerig.source.Location;
import dev.bluerig.source.NearestName;
import dev.bluerig.source.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What can be wrong between the parts of an inventory that are right for themselves.
final class InventoryLint {
    private final Map<String, Machine> machines;
    private final Set<String> declared;
    private final Set<String> groups;
    private final Map<String, Pair> pairs;
    private final SourceMap places;
    private final List<Problem> problems = new ArrayList<>();

    /// `declared`: names of machines, of which some may have been too wrong to become one.
    InventoryLint(Map<String, Machine> machines, Set<String> declared, Set<String> groups, Map<String, Pair> pairs, SourceMap places) {
        this.machines = machines;
        this.declared = declared;
        this.groups = groups;
        this.pairs = pairs;
        this.places = places;
    }

    List<Problem> problems() {
        machines.values().forEach(this::machine);
        dialled();
        portAddresses();
        cardsAndPaths();
        pairs.values().forEach(this::pair);
        cabledTwice();
        return problems;
    }

    private void machine(Machine machine) {
        if (groups.contains(machine.name()))
            problem(places.machine(machine.name()), "`" + machine.name() + "` is the name of a group, too");
        switch (machine.kind()) {
            case HOST -> host(machine);
            case DPU -> dpu(machine);
        }
    }

    private void host(Machine host) {
        String name = host.name();
        if (host.address().isEmpty()) problem(places.machine(name, ""), "field `address` is missing: a host is dialled by it");
        host.host().ifPresent(other -> problem(places.machine(name, "host"), "a host is not in a host; `kind: dpu`?"));
        host.card().ifPresent(card -> problem(places.machine(name, "card"), "`card` belongs to a DPU"));
        host.via().ifPresent(via -> problem(places.machine(name, "via"), "`via` belongs to a DPU"));
        for (int i = 0; i < host.ports().size(); i++) for (int j = 0; j < i; j++) twoPorts(host, i, j);
    }

    private void twoPorts(Machine host, int later, int earlier) {
        Machine.Port one = host.ports().get(earlier);
        Machine.Port two = host.ports().get(later);
        if (one.pci().equals(two.pci()))
            problem(places.machine(host.name(), "ports", "" + later, "pci"), "port " + earlier + " is the same PCI address " + two.pci());
        if (one.on().isPresent() && one.on().equals(two.on())) return;   // two ports of one bond are one way
        boolean oneSubnet = one.address().isPresent() && two.address().isPresent() && one.address().get().overlaps(two.address().get());
        if (oneSubnet) problem(places.machine(host.name(), "ports", "" + later, "address"),
            "ports " + earlier + " and " + later + " of `" + host.name() + "` are in one subnet (" + one.address().get() + ", "
            + two.address().get() + "); Linux would answer ARP from either");
    }

    private void dpu(Machine dpu) {
        String name = dpu.name();
        if (!dpu.ports().isEmpty()) problem(places.machine(name, "ports"), "`ports` belong to the host; a DPU's uplinks follow from them");
        if (dpu.address().isPresent() == dpu.via().isPresent())
            problem(places.machine(name, dpu.via().isPresent() ? "via" : ""), dpu.via().isPresent()
                ? "a DPU has either `address` or `via`, not both" : "a DPU needs `address`, or `via` when it is reached through its host");
        dpu.via().ifPresent(via -> via(name, via));
        if (dpu.host().isEmpty()) {
            problem(places.machine(name, ""), "field `host` is missing: the host that this DPU is in");
            return;
        }
        Optional<Machine> host = Optional.ofNullable(machines.get(dpu.host().get()));
        if (host.isEmpty() && !declared.contains(dpu.host().get()))
            problem(places.machine(name, "host"), "no machine is called `" + dpu.host().get() + "`" + near(dpu.host().get()));
        if (host.filter(machine -> machine.kind() == Machine.Kind.DPU).isPresent())
            problem(places.machine(name, "host"), "`" + dpu.host().get() + "` is a DPU, not a host");
    }

    private void via(String name, Machine.Via via) {
        boolean number = via.far().matches("[0-9.]+|.*:.*");
        if (via.far().contains("%")) {
            problem(places.machine(name, "via", "far"), "an address with a zone (" + via.far()
                + ") is not supported here; give the DPU one without, such as 192.168.100.2, on " + via.link());
            return;
        }
        Optional<Cidr> far = number ? Optional.of(new Cidr(via.far() + "/" + via.near().prefix())) : Optional.empty();
        if (far.isPresent() && !far.get().overlaps(via.near()))
            problem(places.machine(name, "via", "far"), via.far() + " is not in the subnet of " + via.near());
        if (far.isPresent() && far.get().address().equals(via.near().address()))
            problem(places.machine(name, "via", "far"), via.far() + " is the host's own address on " + via.link());
    }

    private void dialled() {
        var seen = new HashMap<String, String>();
        for (Machine machine : machines.values()) {
            if (machine.address().isEmpty()) continue;
            String where = DialAddress.canonical(machine.address().get()) + " port " + machine.ssh().port().orElse(22);
            String other = seen.putIfAbsent(where, machine.name());
            if (other != null) problem(places.machine(machine.name(), "address"), "`" + other + "` is dialled at " + where + ", too");
        }
    }

    private void portAddresses() {
        var seen = new HashMap<String, String>();
        for (Machine machine : machines.values()) {
            for (int i = 0; i < machine.ports().size(); i++) {
                Optional<Cidr> address = machine.ports().get(i).address();
                if (address.isEmpty()) continue;
                String on = machine.ports().get(i).on().map(link -> " on " + link).orElse("");
                String here = on.isEmpty() ? "port " + i + " of `" + machine.name() + "`" : "`" + machine.name() + "`" + on;
                String other = seen.putIfAbsent(address.get().address(), here);
                if (other != null && !(other.equals(here) && !on.isEmpty()))
                    problem(places.machine(machine.name(), "ports", "" + i, "address"), "address " + address.get().address()
                        + " is that of " + other + ", too");
            }
        }
    }

    private void cardsAndPaths() {
        var seen = new HashMap<String, String>();
        var nears = new HashMap<String, List<NearAddress>>();
        var counts = new HashMap<String, Integer>();
        machines.values().stream().filter(machine -> machine.kind() == Machine.Kind.DPU)
            .forEach(machine -> machine.host().ifPresent(host -> counts.merge(host, 1, Integer::sum)));
        for (Machine dpu : machines.values()) {
            if (dpu.host().isEmpty() || dpu.kind() != Machine.Kind.DPU) continue;
            String host = dpu.host().get();
            if (dpu.card().isEmpty() && counts.get(host) > 1)
                problem(places.machine(dpu.name(), ""), "field `card` is missing: `" + host + "` has more than one DPU");
            dpu.card().ifPresent(card -> unique(seen, host + " card " + card, dpu, "is card " + card + " of `" + host + "`", "card"));
            dpu.via().ifPresent(via -> oneNear(nears.computeIfAbsent(host, any -> new ArrayList<>()), host, via, dpu));
            dpu.via()
                .ifPresent(via -> unique(seen, host + " far " + DialAddress.canonical(via.far()), dpu,
                "is reached at " + via.far() + " from `" + host + "`", "via", "far"));
        }
    }

    private record NearAddress(String dpu, Machine.Via via) {}

    /// Several DPUs may be behind one link of the host, a bridge of tmfifo links; then its address there is one, and the DPUs differ in
    /// theirs. `seen`: those of this host.
    private void oneNear(List<NearAddress> seen, String host, Machine.Via via, Machine dpu) {
        for (NearAddress other : seen) {
            if (other.via().near().equals(via.near()) && other.via().link().equals(via.link())) continue;
            if (other.via().link().equals(via.link()))
                problem(places.machine(dpu.name(), "via", "near"), "`" + host + "` is " + other.via().near() + " on " + via.link()
                    + " for `" + other.dpu() + "`, and " + via.near() + " here: a link has one `near`");
            else if (other.via().near().overlaps(via.near()))
                problem(places.machine(dpu.name(), "via", "near"), via.near() + " on " + via.link() + " is in the subnet of "
                    + other.via().near() + " on " + other.via().link() + " (`" + other.dpu()
                    + "`): packets to both would leave by one link; a subnet for each, or one bridge as the `link` of both");
        }
        seen.add(new NearAddress(dpu.name(), via));
    }

    private void unique(Map<String, String> seen, String key, Machine dpu, String what, String... path) {
        String other = seen.putIfAbsent(key, dpu.name());
        if (other != null) problem(places.machine(dpu.name(), path), "`" + other + "` " + what + ", too");
    }

    private void pair(Pair pair) {
        if (pair.first().equals(pair.second())) problem(places.pair(pair.name(), "ends"), "both ends are `" + pair.first() + "`");
        Optional<Machine> first = end(pair, pair.first(), "0");
        Optional<Machine> second = end(pair, pair.second(), "1");
        if (pair.cables().isEmpty() && first.isPresent() && second.isPresent() && !pair.first().equals(pair.second()))
            problem(places.pair(pair.name(), "cables"), "pair `" + pair.name() + "` has no cable, so nothing of it is tested; write"
                + " [port of the first end, port of the second] for each, or leave the pair out");
        for (int i = 0; i < pair.cables().size(); i++) {
            Pair.Cable cable = pair.cables().get(i);
            boolean right = first.isPresent() && inRange(pair, first.get(), cable.firstPort(), i, "0");
            right &= second.isPresent() && inRange(pair, second.get(), cable.secondPort(), i, "1");
            if (right) subnet(pair, i, first.get().ports().get(cable.firstPort()), second.get().ports().get(cable.secondPort()));
        }
    }

    private Optional<Machine> end(Pair pair, String name, String index) {
        Optional<Machine> machine = Optional.ofNullable(machines.get(name));
        if (machine.isEmpty() && !declared.contains(name))
            problem(places.pair(pair.name(), "ends", index), "no machine is called `" + name + "`" + near(name));
        if (machine.filter(each -> each.kind() == Machine.Kind.DPU).isPresent())
            problem(places.pair(pair.name(), "ends", index), "`" + name + "` is a DPU; the ends of a pair are hosts");
        return machine.filter(each -> each.kind() == Machine.Kind.HOST);
    }

    private boolean inRange(Pair pair, Machine host, int port, int cable, String end) {
        boolean right = port >= 0 && port < host.ports().size();
        if (!right)
            problem(places.pair(pair.name(), "cables", "" + cable, end), "`" + host.name() + "` has no port " + port + "; its "
                + host.ports().size() + " ports count from 0");
        return right;
    }

    private void subnet(Pair pair, int cable, Machine.Port first, Machine.Port second) {
        if (first.address().isEmpty() || second.address().isEmpty()) return;
        Cidr one = first.address().get();
        Cidr two = second.address().get();
        if (!one.overlaps(two) || one.prefix() != two.prefix())
            problem(places.pair(pair.name(), "cables", "" + cable), "the ends of the cable are not in one subnet: " + one + " and " + two);
    }

    private void cabledTwice() {
        var seen = new HashMap<String, String>();
        for (Pair pair : pairs.values()) {
            for (int i = 0; i < pair.cables().size(); i++) {
                cabled(seen, pair, i, pair.first(), pair.cables().get(i).firstPort(), "0");
                cabled(seen, pair, i, pair.second(), pair.cables().get(i).secondPort(), "1");
            }
        }
    }

    private void cabled(Map<String, String> seen, Pair pair, int cable, String host, int port, String end) {
        String other = seen.putIfAbsent(host + " " + port, "cable " + cable + " of pair `" + pair.name() + "`");
        if (other != null)
            problem(places.pair(pair.name(), "cables", "" + cable, end), "port " + port + " of `" + host + "` is already in " + other);
    }

    private String near(String name) {
        return NearestName.to(name, declared).map(near -> "; did you mean `" + near + "`?").orElse("");
    }

    private void problem(Location at, String message) {
        problems.add(new Problem(at, message));
    }
}
