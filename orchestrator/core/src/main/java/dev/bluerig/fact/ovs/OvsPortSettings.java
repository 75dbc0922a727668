package dev.bluerig.fact.ovs;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What `ovs-ofctl mod-port` set of the interfaces of a bridge, as `dump-ports-desc` tells it under `config` (Open vSwitch 3.1.0, tried).
///
/// OpenFlow 1.0 alone knows NO_FLOOD, NO_STP and NO_RECV_STP; a later version shows `config: 0` where they are set.
final class OvsPortSettings {
    private static final String OLDEST = "OpenFlow10";
    /// ` 1(p0): addr:...`, ` LOCAL(ovs-br0): addr:...`, then lines that stand deeper.
    private static final Pattern PORT = Pattern.compile("^ ([0-9A-Z]+)[(:]");
    private static final Pattern CONFIG = Pattern.compile("^ {5}config: +(.*)");
    /// A link that is down, which the machine tells by itself: ofproto/ofproto.c takes it from the netdev's flags.
    private static final String DOWN = "PORT_DOWN";
    private static final Map<String, String> WORDS =
        Map.of("NO_RECV", "no-receive", "NO_RECV_STP", "no-receive-stp", "NO_FLOOD", "no-flood", "NO_FWD", "no-forward",
        "NO_PACKET_IN", "no-packet-in", "NO_STP", "no-stp");

    private OvsPortSettings() {}

    static Command question(String bridge) {
        return OvsFlows.ofctl(OLDEST, "--no-names", "dump-ports-desc", bridge);
    }

    static Command newer(String bridge) {
        return OvsFlows.ofctl(OvsFlows.VERSIONS, "--no-names", "dump-ports-desc", bridge);
    }

    /// The `protocols` of the bridge begin after OpenFlow 1.0.
    static boolean speaksNewerOnly(Reply reply) {
        return reply instanceof Reply.Ran ran && !ran.ok() && ran.err().contains("version negotiation failed");
    }

    /// The words that would set it again, by name of the interface. A flag that nobody knows is told as it stands.
    static Map<String, String> read(OvsTopology.Bridge bridge, String text) {
        var set = new TreeMap<String, String>();
        String number = "";
        for (String line : text.lines().toList()) {
            Matcher port = PORT.matcher(line);
            Matcher config = CONFIG.matcher(line);
            if (port.find()) number = port.group(1);
            else if (config.find() && !number.isEmpty()) {
                String words = words(config.group(1));
                if (!words.isEmpty()) set.put(name(bridge, number), words);
                number = "";
            }
        }
        return set;
    }

    private static String words(String flags) {
        return Stream.of(flags.strip().split(" +")).filter(flag -> !flag.equals("0") && !flag.equals(DOWN))
            .map(flag -> WORDS.getOrDefault(flag, flag)).distinct().sorted()
            .collect(Collectors.joining(" "));
    }

    /// `ovs-ofctl` cuts names off after 15 characters; numbers it tells in full.
    static String name(OvsTopology.Bridge bridge, String number) {
        if (number.equals("LOCAL")) return bridge.name();
        Optional<String> name = bridge.ports().stream().flatMap(port -> port.interfaces().stream())
            .filter(device -> device.ofport().filter(own -> String.valueOf(own).equals(number)).isPresent())
            .map(OvsTopology.Interface::name).findFirst();
        return name.orElse("port " + number);
    }
}
