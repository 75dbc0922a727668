package dev.bluerig.task.boot;

import dev.bluerig.fact.boot.BootFiles;
import dev.bluerig.fact.boot.NetplanDefinition;
import java.util.Optional;

/// A netplan file of ours for one link. netplan merges it with what other files say of the same id, so where another file means this very
/// link, its id is used. `other`: what would set the link up without our file.
///
/// Else the id is ours: systemd-networkd takes the first matching file in the order of the names that netplan makes of ids, and
/// `0-bluerig-` comes before those that match by pattern or driver (`all-en`). A port selected by PCI address is matched by its MAC
/// address, since netplan has no match by path; without `set-name` beside it the file that netplan makes for udev would take the port's
/// name away, so that it appears as `eth0`. The renderer is systemd-networkd also where NetworkManager is the default one: it leaves this
/// link alone, or its profile would be changed instead of a file.
record NetplanText(BootSettings wanted, Optional<BootFiles.Candidate> other) {
    /// The definition of others that is added to.
    Optional<NetplanDefinition> shared() {
        return other.flatMap(BootFiles.Candidate::definition).filter(definition -> definition.isOnly(wanted.link()));
    }

    /// Nothing of the other files comes into force for this link any more.
    boolean replaces() {
        return other.isPresent() && shared().isEmpty();
    }

    String text() {
        var shared = shared();
        String name = wanted.link().name().text();
        boolean byMac = shared.isEmpty() && wanted.mac().isPresent();
        boolean byName = shared.isEmpty() && !byMac && other.isPresent();
        var text = new StringBuilder("# Written by bluerig, which overwrites changes.\nnetwork:\n  version: 2\n  ")
            .append(shared.map(NetplanDefinition::section).orElse("ethernets")).append(":\n    ")
            .append(quoted(shared.map(NetplanDefinition::id).orElse(byMac || byName ? "0-bluerig-" + wanted.key() : name)))
            .append(":\n");
        if (byMac) line(text, "match: {macaddress: \"" + wanted.mac().get() + "\"}");
        if (byName) line(text, "match: {name: " + quoted(name) + "}");
        if (byMac || wanted.mtu().isPresent() && shared.filter(NetplanDefinition::losesItsName).isPresent())
            line(text, "set-name: " + quoted(name));
        line(text, "renderer: networkd");
        if (shared.isEmpty()) line(text, "optional: true");
        var addresses = wanted.addresses().stream().map(address -> quoted(address.text())).toList();
        if (!addresses.isEmpty()) line(text, "addresses: [" + String.join(", ", addresses) + "]");
        if (wanted.only() || wanted.addresses().isEmpty() && shared.isEmpty()) {
            line(text, "dhcp4: false");
            line(text, "dhcp6: false");
            line(text, "accept-ra: false");
        }
        wanted.mtu().ifPresent(mtu -> line(text, "mtu: " + mtu));
        return text.toString();
    }

    private static void line(StringBuilder text, String line) {
        text.append("      ").append(line).append('\n');
    }

    private static String quoted(String scalar) {
        return '"' + scalar + '"';
    }
}
