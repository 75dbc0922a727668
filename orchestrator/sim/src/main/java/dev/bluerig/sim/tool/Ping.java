package dev.bluerig.sim.tool;

import dev.bluerig.inventory.Cidr;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.net.SimLink;
import java.util.List;
import java.util.Optional;

/// `ping` of iputils 20221126, through the whole simulated topology. It does not wait for replies that will not come.
final class Ping {
    private Ping() {}

    static int run(ProgramCall call) {
        if (call.arguments().equals(List.of("-V"))) {
            call.line("ping from iputils 20221126\nlibcap: yes, IDN: yes, NLS: no, error.h: yes, getrandom(): yes, __fpending(): yes");
            return 0;
        }
        GetOpt options = GetOpt.of(call.arguments(), "nM:c:i:W:w:s:I:q46", List.of(), true);
        if (options.strange().isPresent()) return call.unknown("option " + options.strange().get());
        if (options.rest().size() != 1) return call.fail(1, "ping: usage error: Destination address required");
        if (!options.has("c") && !options.has("w")) return call.unknown("it would never end: give -c");
        String target = options.rest().getFirst();
        Optional<Cidr> to = address(target);
        if (to.isEmpty()) return call.fail(2, "ping: " + target + ": Name or service not known");
        SimMachine machine = call.machine();
        boolean v6 = to.get().isV6();
        int size = Integer.parseInt(options.value("s").orElse("56"));
        int bytes = size + (v6 ? 48 : 28);   // ICMP 8 and IP 20 or 40
        int count = Integer.parseInt(options.value("c").orElse("3"));
        Optional<String> device = options.value("I").filter(name -> address(name).isEmpty());
        Optional<SimLink> link = device.flatMap(machine.links()::find);
        if (device.isPresent() && link.isEmpty()) return call.fail(2, "ping: SO_BINDTODEVICE " + device.get() + ": No such device");
        boolean own = machine.links().all().stream()
            .anyMatch(any -> any.addresses().stream().anyMatch(cidr -> cidr.address().equals(to.get().address())));
        Optional<SimLink> out = own ? machine.links().find("lo")
            : link.filter(SimLink::isUp).or(() -> device.isPresent() ? Optional.empty() : machine.linkTowards(target));
        Optional<String> source = out.flatMap(any -> any.addresses().stream().filter(cidr -> cidr.isV6() == v6).map(Cidr::address)
            .findFirst());
        if (own) source = Optional.of(to.get().address());
        if (out.isEmpty() || source.isEmpty() || !routed(out.get(), to.get(), own, machine))
            return call.fail(2, "ping: connect: Network is unreachable");
        call.line("PING " + target + (v6 ? "(" + target + ") " : " (" + target + ") ")
            + (options.has("I") ? "from " + source.get() + " " + device.orElse("") + ": " : "") + size
            + (v6 ? " data bytes" : "(" + bytes + ") bytes of data."));
        boolean whole = options.value("M").filter("do"::equals).isPresent();
        if (whole && bytes > out.get().mtu()) {
            for (int i = 0; i < count; i++)
                call.io().complain("ping: local error: message too long, mtu" + (v6 ? ": " : "=") + out.get().mtu());
            return summary(call, target, count, 0, ", +" + count + " errors");
        }
        int onWire = Math.min(bytes, out.get().mtu());   // larger ones travel in pieces
        boolean answered = own ? out.get().isUp()
            : machine.world().fabric().echo(machine, out.get(), source.get(), to.get().address(), onWire);
        if (answered && !options.has("q")) {
            for (int i = 1; i <= count; i++) call.line(size + 8 + " bytes from " + target + ": icmp_seq=" + i + " ttl=64 time=0.100 ms");
        }
        return summary(call, target, count, answered ? count : 0, "");
    }

    /// Without a route of its own the packet would leave by the default route, and nobody there knows the lab's addresses.
    private static boolean routed(SimLink out, Cidr to, boolean own, SimMachine machine) {
        return own || out.addresses().stream().anyMatch(cidr -> cidr.overlaps(to))
            || machine.links().all().stream().anyMatch(link -> link.isUp() && link.isDynamic());
    }

    private static Optional<Cidr> address(String text) {
        try {
            return Optional.of(new Cidr(text + (text.contains(":") ? "/128" : "/32")));
        } catch (IllegalArgumentException aName) {
            return Optional.empty();
        }
    }

    private static int summary(ProgramCall call, String target, int sent, int received, String errors) {
        call.print("\n--- " + target + " ping statistics ---\n");
        call.line(sent + " packets transmitted, " + received + " received" + errors + ", " + (sent - received) * 100 / sent
            + "% packet loss, time " + (sent - 1) * 200 + "ms");
        call.line(received > 0 ? "rtt min/avg/max/mdev = 0.100/0.100/0.100/0.000 ms" : "");
        return received > 0 ? 0 : 1;
    }
}
