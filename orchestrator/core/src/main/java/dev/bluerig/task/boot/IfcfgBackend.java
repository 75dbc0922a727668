package dev.bluerig.task.boot;

import dev.bluerig.fact.boot.Persistence;
import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.link.Links;
import dev.bluerig.inventory.Cidr;
import dev.bluerig.task.diff.DiffBuilder;
import java.util.Optional;
import java.util.regex.Pattern;

/// The network service of RHEL. `text`: of ifcfg-LINK, empty when there is none; it is edited, whoever wrote it.
record IfcfgBackend(Link link, String text, Persistence persistence) implements BootBackend {
    @Override
    public String who() {
        return "ifcfg files";
    }

    @Override
    public void write(BootSettings wanted, DiffBuilder draft) {
        String edited = wanted.setLink() ? edited(new IfcfgText(text).with(wanted), text, saved(), draft) : text;
        if (edited.isEmpty()) writeUnits(wanted, draft);
        else for (EthtoolWords words : wanted.ethtool()) {
            unit(words, wanted).remove(draft);
            edited = edited(new IfcfgText(edited).with(words), edited, words.saved(link.name().text(), who()), draft);
        }
        if (!edited.equals(text)) draft.write(path(), edited, "0644", text);
    }

    private String edited(String fresh, String before, String what, DiffBuilder draft) {
        if (!fresh.equals(before)) draft.change(what, "in " + path(), text.isEmpty() ? "no such file" : "other settings");
        return fresh;
    }

    private String path() {
        return "/etc/sysconfig/network-scripts/ifcfg-" + link.name();
    }

    @Override
    public boolean gives(Cidr address, boolean dynamic) {
        return dynamic && found("BOOTPROTO=[\"']?(dhcp|bootp)\\b|^(IPV6_AUTOCONF|DHCPV6C)=[\"']?yes\\b")
            || Pattern.compile("(?m)^(IPADDR\\d*|IPV6ADDR|IPV6ADDR_SECONDARIES)=[\"']?" + Pattern.quote(address.address()) + "(\\D|$)")
                .matcher(text).find();
    }

    @Override
    public String withoutAddress() {
        return text.isEmpty() ? "no file speaks of it" : "not in ifcfg-" + link.name();
    }

    /// ifup makes a link only of a type that it knows (initscripts, sysconfig.txt); without ONBOOT it is started.
    @Override
    public Optional<String> unmade(Links links, boolean ours) {
        if (!ours && found("ONBOOT=[\"']?no\\b")) return Optional.of("ONBOOT=no");
        String key = switch (link.kind().orElse("")) {
            case "bridge" -> "TYPE=[\"']?Bridge\\b";
            case "bond" -> "(TYPE=[\"']?Bond\\b|BONDING_OPTS=|BONDING_MASTER=[\"']?yes\\b)";
            case "vlan" -> "(VLAN=[\"']?yes\\b|TYPE=[\"']?Vlan\\b)";
            default -> "";
        };
        return found(key) ? Optional.empty() : Optional.of("ifcfg-" + link.name() + " does not make it");
    }

    private boolean found(String line) {
        return Pattern.compile("(?im)^" + line).matcher(text).find();
    }
}
