package dev.bluerig.sim.tool;

import dev.bluerig.inventory.Cidr;
import dev.bluerig.sim.machine.PacketFabric;
import dev.bluerig.sim.net.SimLink;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `arping` of iputils 20221126: who has this address on this link; with -D nobody may.
final class Arping {
    private static final int FRAME = 28;   // an ARP packet (RFC 826)

    private Arping() {}

    static int run(ProgramCall call) {
        if (call.arguments().equals(List.of("-V"))) {
            call.line("arping from iputils 20221126\nlibcap: yes, IDN: yes, NLS: no, error.h: yes, getrandom(): yes, __fpending(): yes");
            return 0;
        }
        GetOpt options = GetOpt.of(call.arguments(), "c:w:I:Dqf", List.of(), true);
        if (options.strange().isPresent()) return call.unknown("option " + options.strange().get());
        if (options.rest().size() != 1 || !options.has("I")) return call.unknown("only `arping -I LINK ADDRESS`");
        if (!call.user().isRoot()) return call.fail(2, "arping: socket: Operation not permitted");
        String name = options.value("I").orElseThrow();
        Optional<SimLink> link = call.machine().links().find(name);
        if (link.isEmpty()) return call.fail(2, "arping: Device " + name + " not available.");
        if (!link.get().isUp()) return call.fail(2, "arping: Interface \"" + name + "\" is down");
        String target = options.rest().getFirst();
        int count = Integer.parseInt(options.value("c").orElse("2"));
        String source = options.has("D") ? "0.0.0.0" : link.get().addresses().stream().filter(cidr -> !cidr.isV6()).map(Cidr::address)
            .findFirst().orElse("0.0.0.0");
        Optional<PacketFabric.LinkOnMachine> answer = call.machine().world().fabric().deliver(call.machine(), link.get(), target, FRAME);
        boolean quiet = options.has("q");
        if (!quiet) call.line("ARPING " + target + " from " + source + " " + name);
        if (answer.isPresent() && !quiet) {
            String mac = answer.get().link().mac().toUpperCase(Locale.ROOT);
            for (int i = 0; i < (options.has("D") ? 1 : count); i++) call.line("Unicast reply from " + target + " [" + mac + "]  0.572ms");
        }
        int replies = answer.isPresent() ? options.has("D") ? 1 : count : 0;
        if (!quiet)
            call.line("Sent " + (options.has("D") && answer.isPresent() ? 1 : count) + " probes (" + (answer.isPresent() ? 1 : count)
                + " broadcast(s))\nReceived " + replies + " response(s)");
        return options.has("D") == answer.isPresent() ? 1 : 0;
    }
}
