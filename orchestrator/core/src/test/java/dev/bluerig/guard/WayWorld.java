package dev.bluerig.guard;

import dev.bluerig.inventory.Cidr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A drawn machine: how the controller comes in, and what else the machine has. Lines are for `ip -batch`: of the machine, of the
/// controller's side, of a place that hears nobody; `switches` are parts of one `ovs-vsctl`.
final class WayWorld {
    /// How the local address is held.
    enum Shape { PLAIN, BRIDGE, SWITCH, PATCHED, MACVLAN, JOINED, LOOPBACK }

    private static final String PORT = "m0";

    /// As often as they are met.
    private static final List<Shape> SHAPES = List.of(Shape.PLAIN, Shape.PLAIN, Shape.PLAIN, Shape.BRIDGE, Shape.BRIDGE, Shape.BRIDGE,
        Shape.SWITCH, Shape.SWITCH, Shape.SWITCH, Shape.PATCHED, Shape.PATCHED, Shape.MACVLAN, Shape.MACVLAN, Shape.JOINED,
        Shape.LOOPBACK);

    final List<String> machine = new ArrayList<>();
    final List<String> machine6 = new ArrayList<>();
    final List<String> controller = new ArrayList<>();
    final List<String> controller6 = new ArrayList<>();
    final List<String> silent = new ArrayList<>();
    final List<String> switches = new ArrayList<>();
    /// Of the machine, when all is there.
    final List<String> last = new ArrayList<>();
    /// To be taken away in the end.
    final List<String> rules = new ArrayList<>();
    /// Which addresses the links have, and which bridge each port is on.
    final Map<String, List<Cidr>> addresses = new LinkedHashMap<>();
    final Map<String, String> ports = new LinkedHashMap<>();
    final List<String> bridges = new ArrayList<>();
    final boolean six;
    final String local;
    final String peer;
    final String gateway;
    private final Random random;
    private final String words;

    WayWorld(Random random) {
        this.random = random;
        six = random.nextInt(3) == 0;
        Shape shape = SHAPES.get(random.nextInt(SHAPES.size()));
        boolean routed = shape == Shape.LOOPBACK || random.nextBoolean();
        gateway = six ? "fd01::254" : "10.0.0.254";
        local = shape == Shape.LOOPBACK ? six ? "fd77::11" : "10.77.0.11" : six ? "fd01::11" : "10.0.0.11";
        peer = routed ? six ? "fd99::1" : "10.99.0.1" : gateway;
        String holder = shape(shape);
        others();
        reach(shape, holder, routed);
        String policy = policy(holder, routed);
        words = shape + (six ? " IPv6" : " IPv4") + (routed ? ", routed" : "") + policy;
    }

    private void link(String name, List<String> far) {
        machine.add("link set " + name + " up");
        far.add("link set far-" + name + " up");
        addresses.putIfAbsent(name, new ArrayList<>());
    }

    /// The link that is to hold the local address, or that leads to the controller.
    private String shape(Shape shape) {
        link(PORT, controller);
        return switch (shape) {
            case PLAIN, LOOPBACK -> PORT;
            case BRIDGE -> bridge("br0", PORT);
            case SWITCH -> ovs("ovs0", PORT);
            case PATCHED -> {
                ovs("ovs0", PORT);
                ovs("ovs1");
                switches.addAll(List.of("add-port ovs0 pa -- set interface pa type=patch options:peer=pb",
                    "add-port ovs1 pb -- set interface pb type=patch options:peer=pa"));
                ports.put("pa", "ovs0");
                ports.put("pb", "ovs1");
                yield "ovs1";
            }
            case MACVLAN -> {
                machine.addAll(List.of("link add link " + PORT + " name mv0 type macvlan mode bridge", "link set mv0 up"));
                addresses.put("mv0", new ArrayList<>());
                yield "mv0";
            }
            case JOINED -> {
                machine.addAll(List.of("link add v0 type veth peer name v1", "link set v0 up", "link set v1 up"));
                addresses.put("v0", new ArrayList<>());
                bridge("br0", PORT, "v1");
                yield "v0";
            }
        };
    }

    private String bridge(String name, String... members) {
        machine.addAll(List.of("link add " + name + " type bridge", "link set " + name + " up"));
        addresses.put(name, new ArrayList<>());
        for (String member : members) {
            machine.add("link set " + member + " master " + name);
            ports.put(member, name);
        }
        return name;
    }

    private String ovs(String name, String... members) {
        switches.add("add-br " + name + " -- set bridge " + name + " datapath_type=netdev");
        bridges.add(name);
        addresses.put(name, new ArrayList<>());
        for (String member : members) {
            switches.add("add-port " + name + " " + member);
            ports.put(member, name);
        }
        return name;
    }

    /// Data ports, alone or beside the port of the way.
    private void others() {
        for (int i = 0; i < 3; i++) {
            String name = "d" + i;
            link(name, silent);
            if (random.nextInt(5) == 0) last.add("link set " + name + " down");
            String home = ports.get(PORT);
            int draw = random.nextInt(4);
            if (draw == 0 && home != null && bridges.contains(home)) {
                switches.add("add-port " + home + " " + name);
                ports.put(name, home);
            } else if (draw == 0 && home != null) {
                machine.add("link set " + name + " master " + home);
                ports.put(name, home);
            } else if (draw == 1) {
                ovs("ovsd" + i, name);
            } else if (draw == 2) {
                address(name, random.nextBoolean() ? "192.0." + (2 + i) + ".1/30" : "10.1." + i + ".1/24");
                if (random.nextBoolean()) address(name, "fd0" + (3 + i) + "::1/64");
            }
        }
    }

    private void address(String link, String cidr) {
        machine.add("address add " + cidr + " dev " + link + (cidr.indexOf(':') < 0 ? "" : " nodad"));
        addresses.get(link).add(new Cidr(cidr));
    }

    private void reach(Shape shape, String holder, boolean routed) {
        String length = six ? "/64" : "/24";
        controller.add("address add " + gateway + length + " dev far-" + PORT + (six ? " nodad" : ""));
        if (routed) controller.add("address add " + peer + (six ? "/128" : "/32") + " dev lo" + (six ? " nodad" : ""));
        if (shape == Shape.LOOPBACK) {
            machine.add("address add " + local + (six ? "/128" : "/32") + " dev lo" + (six ? " nodad" : ""));
            address(PORT, (six ? "fd01::12" : "10.0.0.12") + length);
            (six ? controller6 : controller).add("route add " + local + " via " + (six ? "fd01::12" : "10.0.0.12"));
        } else {
            if (!six && random.nextInt(4) == 0) address(holder, "10.0.0.9/24");
            address(holder, local + length);
            if (random.nextInt(4) == 0) address(holder, six ? "fd01::13/64" : "10.0.0.13/24");
        }
        if (!routed) return;
        String to = random.nextBoolean() ? "default" : random.nextBoolean() ? six ? "fd99::/64" : "10.99.0.0/24" : six ? "fd00::/8"
            : "10.0.0.0/8";
        (six ? machine6 : machine).add("route add " + to + " via " + gateway + " dev " + holder
            + (random.nextInt(3) == 0 ? " metric " + 100 * (1 + random.nextInt(3)) : ""));
    }

    /// Tables and rules beside those of the kernel.
    private String policy(String holder, boolean routed) {
        var lines = six ? machine6 : machine;
        String family = six ? "-6 " : "";
        int draw = random.nextInt(6);
        if (draw == 0) {
            lines.add("rule add from " + (six ? "fd55::1" : "192.0.2.1") + " lookup 100 prio 100");
            rules.add(family + "rule del prio 100");
            lines.add("route add default dev d0 table 100");
            return ", a data port has a table";
        }
        if (draw == 1 && routed) {
            lines.add("rule add from " + local + " lookup 101 prio 101");
            rules.add(family + "rule del prio 101");
            lines.add("route add default via " + gateway + " dev " + holder + " table 101");
            return ", the way has a table";
        }
        if (draw == 2 && routed) {
            lines.add("rule add lookup main suppress_prefixlength 0 prio 102");
            lines.add("rule add lookup 102 prio 103");
            rules.add(family + "rule del prio 102");
            rules.add(family + "rule del prio 103");
            lines.add("route add default via " + gateway + " dev " + holder + " table 102");
            return ", default routes of main do not count";
        }
        return "";
    }

    List<String> links() {
        return List.copyOf(addresses.keySet());
    }

    @Override
    public String toString() {
        return words + "; ports " + ports + "; addresses " + addresses + "; " + machine6 + machine.stream()
            .filter(line -> line.startsWith("r")).toList() + last;
    }
}
