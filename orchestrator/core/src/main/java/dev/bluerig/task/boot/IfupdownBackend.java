package dev.bluerig.task.boot;

import dev.bluerig.fact.boot.BootOwner;
import dev.bluerig.fact.boot.InterfacesClaim;
import dev.bluerig.fact.boot.InterfacesFile;
import dev.bluerig.fact.boot.Persistence;
import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.link.Links;
import dev.bluerig.inventory.Cidr;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.DiffBuilder;
import dev.bluerig.task.diff.Finding;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// ifupdown: files of ours in interfaces.d. Several stanzas for one link add up (interfaces(5)), so what others wrote stays in force.
record IfupdownBackend(Link link, BootOwner.Ifupdown owner, Persistence persistence) implements BootBackend {
    private static final String DIRECTORY = "/etc/network/interfaces.d/";
    private static final String HEAD = "# Written by bluerig, which overwrites changes.\nauto ";

    @Override
    public String who() {
        return "ifupdown";
    }

    static String path(Link link) {
        return DIRECTORY + "bluerig-" + link.name();
    }

    @Override
    public void write(BootSettings wanted, DiffBuilder draft) {
        if (wanted.setLink()) writeLink(wanted, draft);
        if (owner.reads()) wanted.ethtool().forEach(words -> write(words, wanted, draft));
        else writeUnits(wanted, draft);
    }

    private void writeLink(BootSettings wanted, DiffBuilder draft) {
        String path = path(link);
        if (!owner.reads())
            draft.unmet(Finding.PERSIST_IGNORED,
                new Change(saved(), "read at boot", "/etc/network/interfaces does not make ifupdown read " + path), "");
        owner.claims().stream().filter(claim -> matters(claim, wanted))
            .forEach(claim -> conflict(claim.words() + " in " + claim.file(), draft));
        if (wanted.only()) owner.others().forEach(stanza -> conflict(words(stanza), draft));
        new FileEdit(path, text(wanted), "0644", persistence.ours(path)).compare(saved(), draft);
    }

    /// A part of a bridge or switch has an MTU of its own, of a bond the bond's.
    private static boolean matters(InterfacesClaim claim, BootSettings wanted) {
        return switch (claim.way()) {
            case NAMED -> true;
            case BOND -> !wanted.addresses().isEmpty() || wanted.mtu().isPresent();
            case BRIDGE, SWITCH -> !wanted.addresses().isEmpty();
        };
    }

    private String words(InterfacesFile.Stanza stanza) {
        return "`iface " + link.name() + " " + stanza.family() + " " + stanza.method() + "` in " + stanza.file();
    }

    private String text(BootSettings wanted) {
        String name = link.name().text();
        var text = new StringBuilder(HEAD).append(name).append("\niface ").append(name).append(" inet manual\n");
        wanted.mtu().ifPresent(mtu -> text.append("    up ip link set dev ").append(name).append(" mtu ").append(mtu).append('\n'));
        text.append("    up ip link set dev ").append(name).append(" up\n");
        wanted.addresses().forEach(address -> text.append("iface ").append(name).append(address.isV6() ? " inet6" : " inet")
            .append(" static\n    address ").append(address).append('\n'));
        return text.toString();
    }

    private void write(EthtoolWords words, BootSettings wanted, DiffBuilder draft) {
        unit(words, wanted).remove(draft);
        String name = link.name().text();
        String path = DIRECTORY + words.file(name);
        String text = HEAD + name + "\niface " + name + " inet manual\n    post-up " + words.command(name) + "\n";
        new FileEdit(path, text, "0644", persistence.ours(path)).compare(words.saved(name, who()), draft);
    }

    @Override
    public boolean gives(Cidr address, boolean dynamic) {
        return owner.others().stream().anyMatch(stanza -> gives(stanza, address, dynamic)) || owner.reads() && isOurs(address);
    }

    private static boolean gives(InterfacesFile.Stanza stanza, Cidr address, boolean dynamic) {
        return dynamic && stanza.method().matches("dhcp|auto")
            || stanza.addresses().stream().anyMatch(text -> BootBackend.covers(text, address));
    }

    private boolean isOurs(Cidr address) {
        return persistence.ours(path(link)).lines().map(String::strip)
            .anyMatch(line -> line.startsWith("address ") && BootBackend.covers(line.substring(8), address));
    }

    @Override
    public String withoutAddress() {
        return owner.others().isEmpty() ? "no file speaks of it" : "absent, by " + String.join(", ", files());
    }

    @Override
    public Optional<String> unmade(Links links, boolean ours) {
        if (!ours && persistence.ifupdown().filter(files -> files.starts(link)).isEmpty())
            return Optional.of("not started: no `auto " + link.name() + "`");
        boolean made = owner.others().stream().flatMap(stanza -> stanza.options().stream()).anyMatch(this::makes)
            || link.kind().filter("vlan"::equals).isPresent() && isVlanName();
        String by = owner.others().isEmpty() ? "our file alone" : String.join(", ", files());
        return made ? Optional.empty() : Optional.of("not made by " + by);
    }

    private List<String> files() {
        return owner.others().stream().map(InterfacesFile.Stanza::file).distinct().toList();
    }

    /// A command may make anything, and so may an inherited stanza.
    private boolean makes(String option) {
        if (Set.of("pre-up", "up", "post-up", "inherits").contains(option)) return true;
        String key = option.replace('_', '-');
        return switch (link.kind().orElse("")) {
            case "bridge" -> key.startsWith("bridge-");
            case "bond" -> key.startsWith("bond-") || key.equals("slaves");
            case "vlan" -> key.startsWith("vlan-");
            default -> true;
        };
    }

    /// `eth0.5`, `vlan5` (vlan-interfaces(5)).
    private boolean isVlanName() {
        return link.name().text().matches(".*\\.\\d+|vlan\\d+");
    }
}
