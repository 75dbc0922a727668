package dev.bluerig.guard;

import dev.bluerig.task.diff.Deed;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Units that a way in stands on: the SSH server, accounts, whoever sets up links, the switch, drivers.
///
/// `links`: absent when the way is not known; then units that carry links are refused for that.
record UnitDangers(Optional<LinkDangers> links) {
    private static final Pattern SERVER = Pattern.compile("(ssh|sshd|dropbear)(@.*)?\\.(service|socket)");
    /// Whoever keeps accounts, and what lets users in (systemd-user-sessions.service(8)).
    private static final Pattern ACCOUNTS =
        Pattern.compile("(sssd|nslcd|nscd|winbind|systemd-user-sessions|systemd-homed|systemd-userdbd)\\.(service|socket)");
    private static final Pattern NETWORK =
        Pattern.compile("(NetworkManager|network-manager|systemd-networkd|networking|network|wicked.*|dhcpcd|connman|ifup@.*"
            + "|netplan-.*)\\.(service|socket)");
    private static final Pattern FIREWALL =
        Pattern.compile("(firewalld|ufw|nftables|iptables|ip6tables|netfilter-persistent|shorewall6?|fail2ban|sshguard)\\.service");
    private static final Pattern SWITCH = Pattern.compile("(openvswitch-switch|openvswitch|ovs-vswitchd|ovsdb-server"
        + "|openvswitch-nonetwork)\\.service");
    private static final Pattern DRIVER = Pattern.compile("(openibd|mlnx_interface_mgr.*)\\.service");
    private static final Pattern ENDS = Pattern.compile("(rescue|emergency|poweroff|halt|shutdown|kexec|exit|suspend|hibernate"
        + "|sleep)\\.target");
    private static final String RSHIM = "rshim.service";
    private static final Set<Deed.Verb> STOPS = Set.of(Deed.Verb.STOP, Deed.Verb.RESTART, Deed.Verb.DISABLE);

    /// Whether it depends on the way whether this unit matters.
    static boolean asks(Deed.RunUnit deed) {
        String unit = full(deed.unit());
        return STOPS.contains(deed.verb()) && (SWITCH.matcher(unit).matches() || DRIVER.matcher(unit).matches() || unit.equals(RSHIM));
    }

    static boolean isOfSwitch(Deed.RunUnit deed) {
        return SWITCH.matcher(full(deed.unit())).matches();
    }

    static String full(String unit) {
        return unit.matches(".*\\.(service|socket|target|timer|path|mount|slice|scope)") ? unit : unit + ".service";
    }

    Stream<Danger> of(Deed.RunUnit deed) {
        String unit = full(deed.unit());
        boolean stops = STOPS.contains(deed.verb());
        boolean sure = deed.verb() == Deed.Verb.STOP;
        if (SERVER.matcher(unit).matches() && (stops || unit.endsWith(".socket") && deed.verb() == Deed.Verb.START))
            return danger(unit, "it lets us in by SSH", sure);
        if (ACCOUNTS.matcher(unit).matches() && stops) return danger(unit, "accounts that log in may be its affair", false);
        if (NETWORK.matcher(unit).matches() && deed.verb() != Deed.Verb.ENABLE)
            return danger(unit, "it sets up links, and it cannot be told that those of the way in stay as they are", false);
        if (FIREWALL.matcher(unit).matches() && deed.verb() != Deed.Verb.STOP && deed.verb() != Deed.Verb.DISABLE)
            return danger(unit, "it cannot be told that it lets SSH pass", false);
        if (ENDS.matcher(unit).matches() && !stops) return danger(unit, "it ends what lets us in", true);
        if (unit.endsWith(".target") && deed.verb() == Deed.Verb.STOP) return danger(unit, "what lets us in may be part of it", false);
        return stops ? links.stream().flatMap(way -> carried(unit, way, sure)) : Stream.empty();
    }

    private static Stream<Danger> carried(String unit, LinkDangers way, boolean sure) {
        if (SWITCH.matcher(unit).matches()) {
            if (!way.carriers().switches().isEmpty()) {
                String bridge = way.carriers().switches().iterator().next();
                return danger(unit, "it switches " + bridge + ", and " + way.carriers().links().get(bridge), sure);
            }
            if (way.carriers().blind().isPresent()) return danger(unit, way.carriers().blind().get(), false);
            return way.others().entrySet().stream().limit(1).flatMap(port -> danger(unit, port.getKey() + " " + port.getValue(), sure));
        }
        if (unit.equals(RSHIM)) return made(unit, way, sure);
        if (DRIVER.matcher(unit).matches() && !way.all().isEmpty())
            return danger(unit, "it takes the cards' links away, and one may carry a way in: " + String.join(", ", way.all().keySet()),
                false);
        return Stream.empty();
    }

    /// The links to DPUs.
    private static Stream<Danger> made(String unit, LinkDangers way, boolean sure) {
        return way.all().entrySet().stream().filter(link -> link.getKey().startsWith("tmfifo_net")).limit(1)
            .flatMap(link -> danger(unit, "it makes " + link.getKey() + ", and " + link.getValue(), sure));
    }

    private static Stream<Danger> danger(String unit, String why, boolean sure) {
        return Stream.of(new Danger(Danger.Kind.UNIT, unit, why, sure));
    }

    /// For words of commands: what each of these may be called without its ending.
    static boolean isOfWay(String word, Map<String, String> carriers) {
        String unit = full(word);
        return SERVER.matcher(unit).matches() || ACCOUNTS.matcher(unit).matches() || NETWORK.matcher(unit).matches()
            && !word.equals("network")
            || SWITCH.matcher(unit).matches() && !carriers.isEmpty();
    }
}
