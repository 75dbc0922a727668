package dev.bluerig.task.boot;

import dev.bluerig.fact.link.Link;
import dev.bluerig.task.link.InterfaceSpec;

/// A .network file of ours for one link; it comes first (`05-`), and systemd-networkd uses the first file that matches (systemd.network(5)).
/// A port selected by PCI address is matched by its path, because names change with driver updates; and where representors may have the same
/// path (systemd knows no physical port name), by its MAC address, too, which they do not share.
record NetworkdText(InterfaceSpec wanted, Link link) {
    String text() {
        var text = new StringBuilder("# Written by bluerig, which overwrites changes.\n[Match]\n")
            .append(wanted.pci().map(pci -> "Path=pci-" + pci + uplink()).orElse("Name=" + link.name())).append("\n\n[Link]\nRequiredForOnline=no\n");
        wanted.mtu().ifPresent(mtu -> text.append("MTUBytes=").append(mtu).append('\n'));
        text.append("\n[Network]\n");
        if (wanted.addresses().isEmpty()) text.append("LinkLocalAddressing=no\n");
        text.append("IPv6AcceptRA=no\n");
        wanted.addresses().forEach(address -> text.append("Address=").append(address).append('\n'));
        return text.toString();
    }

    /// `MACAddress=`, not `PermanentMACAddress=`: what is seen is the address of today, and a virtual function may have no permanent one.
    private String uplink() {
        return link.isUplink() ? link.mac().map(mac -> "\nMACAddress=" + mac).orElse("\nName=" + link.name()) : "";
    }
}
