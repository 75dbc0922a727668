package dev.bluerig.task.boot;

import dev.bluerig.fact.boot.BootOwner;
import dev.bluerig.fact.boot.InterfacesFile;
import dev.bluerig.fact.boot.Persistence;
import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.link.Links;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Whether a bridge, bond or VLAN that is there now would be made at boot: an address in a file for a link that nobody makes is no address.
public record MasterDefinition(Link master, Links links, Persistence persistence) {
    /// What systemd-networkd, ifupdown and the RHEL network service can make; the others are their own programs' affair.
    private static final Set<String> KINDS = Set.of("bridge", "bond", "vlan", "macvlan");

    /// Why not. `ours`: a file of ours is to start it, so only what makes it is looked for.
    public Optional<String> missing(BootOwner owner, boolean ours) {
        if (master.kind().filter(KINDS::contains).isEmpty()) return Optional.empty();
        return switch (owner) {
            case BootOwner.NetworkManager profile -> Optional.empty();
            case BootOwner.Netplan netplan when defined() -> Optional.empty();
            case BootOwner.Netplan netplan -> netdev();
            case BootOwner.Networkd networkd -> netdev();
            case BootOwner.Ifupdown ifupdown -> made(ifupdown, ours);
            case BootOwner.Ifcfg(String text) -> made(text, ours);
            case BootOwner.Nobody nobody -> Optional.empty();
        };
    }

    private boolean defined() {
        return persistence.boot(persistence.ours()).network(master, Optional.empty()).flatMap(one -> one.candidate().definition()).filter(one -> !one.section().equals("ethernets")).isPresent();
    }

    /// The contents hold keys and are not read; a file that is named for no link that there is may be this one's.
    private Optional<String> netdev() {
        var named = persistence.netdevs().stream().map(MasterDefinition::stem).collect(Collectors.toCollection(TreeSet::new));
        var others = links.all().stream().map(link -> link.name().text()).filter(name -> !name.equals(master.name().text())).toList();
        others.forEach(named::remove);
        return named.isEmpty() ? Optional.of("no .netdev file makes it") : Optional.empty();
    }

    /// `/etc/systemd/network/25-br0.netdev`: `br0`.
    private static String stem(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.substring(0, name.length() - ".netdev".length()).replaceFirst("^\\d+-", "");
    }

    private Optional<String> made(BootOwner.Ifupdown owner, boolean ours) {
        if (!ours && persistence.ifupdown().filter(files -> files.starts(master)).isEmpty()) return Optional.of("not started: no `auto " + master.name() + "`");
        boolean made = owner.others().stream().flatMap(stanza -> stanza.options().stream()).anyMatch(this::makes) || master.kind().filter("vlan"::equals).isPresent() && isVlanName();
        return made ? Optional.empty() : Optional.of("not made by " + String.join(", ", files(owner)));
    }

    private static List<String> files(BootOwner.Ifupdown owner) {
        return owner.others().isEmpty() ? List.of("our file alone") : owner.others().stream().map(InterfacesFile.Stanza::file).distinct().toList();
    }

    /// A command may make anything, and so may an inherited stanza.
    private boolean makes(String option) {
        if (Set.of("pre-up", "up", "post-up", "inherits").contains(option)) return true;
        String key = option.replace('_', '-');
        return switch (master.kind().orElse("")) {
            case "bridge" -> key.startsWith("bridge-");
            case "bond" -> key.startsWith("bond-") || key.equals("slaves");
            case "vlan" -> key.startsWith("vlan-");
            default -> true;
        };
    }

    /// `eth0.5`, `vlan5` (vlan-interfaces(5)).
    private boolean isVlanName() {
        return master.name().text().matches(".*\\.\\d+|vlan\\d+");
    }

    /// ifup makes a link only of a type that it knows (initscripts, sysconfig.txt); without ONBOOT it is started.
    private Optional<String> made(String text, boolean ours) {
        if (!ours && found("ONBOOT=[\"']?no\\b", text)) return Optional.of("ONBOOT=no");
        String key = switch (master.kind().orElse("")) {
            case "bridge" -> "TYPE=[\"']?Bridge\\b";
            case "bond" -> "(TYPE=[\"']?Bond\\b|BONDING_OPTS=|BONDING_MASTER=[\"']?yes\\b)";
            case "vlan" -> "(VLAN=[\"']?yes\\b|TYPE=[\"']?Vlan\\b)";
            default -> "";
        };
        return found(key, text) ? Optional.empty() : Optional.of("ifcfg-" + master.name() + " does not make it");
    }

    private static boolean found(String line, String text) {
        return Pattern.compile("(?im)^" + line).matcher(text).find();
    }
}
