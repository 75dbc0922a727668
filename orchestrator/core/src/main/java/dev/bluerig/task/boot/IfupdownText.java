package dev.bluerig.task.boot;

import dev.bluerig.fact.link.Link;
import dev.bluerig.task.link.InterfaceSpec;

/// A file of ours in interfaces.d. Several stanzas for one link add up (interfaces(5)), so what others wrote stays in force.
record IfupdownText(InterfaceSpec wanted, Link link) {
    String text() {
        String name = link.name().text();
        var text = new StringBuilder("# Written by bluerig, which overwrites changes.\nauto ").append(name).append('\n');
        text.append("iface ").append(name).append(" inet manual\n");
        wanted.mtu().ifPresent(mtu -> text.append("    up ip link set dev ").append(name).append(" mtu ").append(mtu).append('\n'));
        text.append("    up ip link set dev ").append(name).append(" up\n");
        wanted.addresses().forEach(address -> text.append("iface ").append(name).append(address.isV6() ? " inet6" : " inet").append(" static\n    address ").append(address).append('\n'));
        return text.toString();
    }
}
