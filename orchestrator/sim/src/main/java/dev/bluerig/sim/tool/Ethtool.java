package dev.bluerig.sim.tool;

import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.net.LinkFeatures;
import dev.bluerig.sim.net.SimLink;
import dev.bluerig.sim.ovs.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `ethtool -k`, `-K`, `-i`, `-S`, and the settings of a link. Error texts and exit codes as ethtool 6.1 gives them.
final class Ethtool {
    private Ethtool() {}

    static int run(ProgramCall call) {
        List<String> words = new ArrayList<>(call.arguments());
        boolean json = words.remove("--json");
        if (words.isEmpty()) return usage(call);
        String option = words.getFirst().startsWith("-") ? words.removeFirst() : "";
        if (words.isEmpty()) return usage(call);
        Optional<SimLink> link = call.machine().links().find(words.getFirst());
        boolean old = List.of("-i", "--driver", "-S", "--statistics").contains(option);
        if (link.isEmpty()) return old ? call.fail(71, "Cannot get driver information: No such device")
            : call.fail(1, "netlink error: no device matches name (offset 24)\nnetlink error: No such device");
        return switch (option) {
            case "-k", "--show-features" -> json ? jsonFeatures(call, link.get()) : features(call, link.get());
            case "-K", "--features", "--offload" -> change(call, link.get(), words.subList(1, words.size()));
            case "-i", "--driver" -> driver(call, link.get());
            case "-S", "--statistics" -> statistics(call, link.get());
            case "" -> settings(call, link.get());
            default -> call.unknown("option " + option);
        };
    }

    private static int usage(ProgramCall call) {
        return call.fail(1, "ethtool: bad command line argument(s)\nFor more information run ethtool -h");
    }

    private static int features(ProgramCall call, SimLink link) {
        call.line("Features for " + link.name() + ":");
        link.features().all().forEach((name, feature) -> call.line(name + ": " + state(feature)));
        return 0;
    }

    private static String state(LinkFeatures.Feature feature) {
        return (feature.on() ? "on" : "off") + (feature.fixed() ? " [fixed]" : "");
    }

    private static int jsonFeatures(ProgramCall call, SimLink link) {
        var map = new LinkedHashMap<String, Object>();
        map.put("ifname", link.name());
        link.features().all()
            .forEach((name, feature) -> map.put(name, Map.of("active", feature.on(), "fixed", feature.fixed(), "requested", feature.on())));
        call.line(JsonText.of(List.of(map)));
        return 0;
    }

    private static int change(ProgramCall call, SimLink link, List<String> words) {
        if (words.isEmpty() || words.size() % 2 != 0) return usage(call);
        var changes = new LinkedHashMap<String, Boolean>();
        for (int i = 0; i < words.size(); i += 2) {
            if (!words.get(i + 1).matches("on|off")) return usage(call);
            if (link.features().find(words.get(i)).isEmpty())
                return call.fail(1, "netlink error: bit name not found (offset 52)\nnetlink error: Operation not supported");
            changes.put(words.get(i), words.get(i + 1).equals("on"));
        }
        if (!call.user().isRoot()) return call.fail(1, "netlink error: Operation not permitted");
        var refused = new ArrayList<String>();
        int done = 0;
        for (Map.Entry<String, Boolean> change : changes.entrySet()) {
            LinkFeatures.Feature feature = link.features().find(change.getKey()).orElseThrow();
            if (feature.on() == change.getValue()) continue;
            if (feature.fixed()) {
                refused.add(change.getKey() + ": " + (feature.on() ? "on" : "off") + " [requested " + (change.getValue() ? "on" : "off")
                    + "]");
                continue;
            }
            call.machine().turn(link, change.getKey(), change.getValue());
            done++;
        }
        if (refused.isEmpty()) return 0;
        call.line("Actual changes:");
        refused.forEach(call::line);
        return done > 0 ? 0 : call.fail(1, "Could not change any device features");
    }

    private static int driver(ProgramCall call, SimLink link) {
        boolean card = link.pci().isPresent();
        if (link.kind() == SimLink.Kind.LOOPBACK) return call.fail(71, "Cannot get driver information: Operation not supported");
        SimMachine machine = call.machine();
        call.line("driver: " + switch (link.kind()) {
            case PORT -> "mlx5_core";
            case UPLINK, REPRESENTOR -> "mlx5e_rep";
            case INTERNAL -> "openvswitch";
            case TMFIFO -> "virtio_net";
            case ETHERNET, LOOPBACK -> "igb";
        });
        call.line("version: " + (card ? "24.10-0.7.0" : machine.image().kernel()));
        call.line("firmware-version: " + (card ? machine.card().firmware() + " (" + machine.card().psid() + ")" : ""));
        call.line("expansion-rom-version: ");
        call.line("bus-info: " + link.pci().orElse(""));
        call.line("supports-statistics: yes");
        call.line("supports-test: " + (card ? "yes" : "no"));
        call.line("supports-eeprom-access: no");
        call.line("supports-register-dump: no");
        call.line("supports-priv-flags: " + (card ? "yes" : "no"));
        return 0;
    }

    private static int statistics(ProgramCall call, SimLink link) {
        if (link.kind() != SimLink.Kind.PORT && link.kind() != SimLink.Kind.UPLINK) return call.fail(94, "no stats available");
        call.line("NIC statistics:");
        link.counters().all().forEach((name, count) -> call.line("     " + name + ": " + count));
        return 0;
    }

    private static int settings(ProgramCall call, SimLink link) {
        boolean carrier = call.machine().world().carrier(call.machine(), link);
        call.line("Settings for " + link.name() + ":");
        call.line("\tSpeed: " + (carrier && link.pci().isPresent() ? "100000Mb/s" : carrier ? "1000Mb/s" : "Unknown!"));
        call.line("\tDuplex: " + (carrier ? "Full" : "Unknown! (255)"));
        call.line("\tLink detected: " + (carrier ? "yes" : "no"));
        return 0;
    }
}
