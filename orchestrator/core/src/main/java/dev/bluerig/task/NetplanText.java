package dev.bluerig.task;

import dev.bluerig.fact.Link;
import dev.bluerig.fact.Owner;

/// A netplan file of ours for one link. netplan merges it with what other files say of the same id, so an id that they use is used here too.
///
/// Without one, a port selected by PCI address is matched by its MAC address, since netplan has no match by path and names change with
/// driver updates. The renderer is systemd-networkd also where NetworkManager is the default one: it leaves this link alone, or its profile would
/// be changed instead of a file.
record NetplanText(Interface wanted, Link link, Owner.Netplan owner) {
    String text() {
        var other = owner.entries().stream().findFirst();
        boolean byMac = other.isEmpty() && wanted.pci().isPresent() && link.mac().isPresent();
        var text = new StringBuilder("# Written by bluerig, which overwrites changes.\nnetwork:\n  version: 2\n  ")
            .append(other.map(Owner.Definition::section).orElse("ethernets")).append(":\n    ")
            .append(quoted(other.map(Owner.Definition::id).orElse(byMac ? "bluerig-" + wanted.key() : link.name().text()))).append(":\n");
        if (byMac) line(text, "match: {macaddress: \"" + link.mac().get() + "\"}");
        line(text, "renderer: networkd");
        if (other.isEmpty()) line(text, "optional: true");
        if (!wanted.addresses().isEmpty()) line(text, "addresses: [" + String.join(", ", wanted.addresses().stream().map(address -> quoted(address.text())).toList()) + "]");
        if (wanted.only() || wanted.addresses().isEmpty() && other.isEmpty()) {
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
