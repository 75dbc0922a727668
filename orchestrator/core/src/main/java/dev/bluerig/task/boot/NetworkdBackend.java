package dev.bluerig.task.boot;

import dev.bluerig.fact.boot.BootFiles;
import dev.bluerig.fact.boot.NetworkFile;
import dev.bluerig.fact.boot.Persistence;
import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.link.Links;
import dev.bluerig.inventory.Cidr;
import dev.bluerig.task.diff.DiffBuilder;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// systemd-networkd by its own files. Ours comes first (`05-`), and the first file that matches is used (systemd.network(5)).
record NetworkdBackend(Link link, Persistence persistence) implements BootBackend {
    @Override
    public String who() {
        return "systemd-networkd";
    }

    static String path(String key) {
        return "/etc/systemd/network/05-bluerig-" + key + ".network";
    }

    @Override
    public void write(BootSettings wanted, DiffBuilder draft) {
        if (wanted.setLink()) writeLink(wanted, draft);
        writeUnits(wanted, draft);
    }

    private void writeLink(BootSettings wanted, DiffBuilder draft) {
        var file = new OwnNetworkFile(this, wanted, persistence, path(wanted.key()), "0644");
        file.without().ifPresent(other -> file.keeps(other, draft));
        file.compare(text(wanted), false, draft);
    }

    /// A port selected by PCI address is matched by its path, because names change with driver updates.
    private String text(BootSettings wanted) {
        var text = new StringBuilder("# Written by bluerig, which overwrites changes.\n[Match]\n")
            .append(wanted.pci().map(pci -> "Path=pci-" + pci + uplink()).orElse("Name=" + link.name()))
            .append("\n\n[Link]\nRequiredForOnline=no\n");
        wanted.mtu().ifPresent(mtu -> text.append("MTUBytes=").append(mtu).append('\n'));
        text.append("\n[Network]\n");
        if (wanted.addresses().isEmpty()) text.append("LinkLocalAddressing=no\n");
        text.append("IPv6AcceptRA=no\n");
        wanted.addresses().forEach(address -> text.append("Address=").append(address).append('\n'));
        return text.toString();
    }

    /// Where representors may have the same path (systemd knows no physical port name), its MAC address counts, too, which they do not
    /// share. `MACAddress=`, not `PermanentMACAddress=`: what is seen is the address of today, and a virtual function may have no permanent
    /// one.
    private String uplink() {
        return link.isUplink() ? link.mac().map(mac -> "\nMACAddress=" + mac).orElse("\nName=" + link.name()) : "";
    }

    @Override
    public boolean gives(Cidr address, boolean dynamic) {
        return choice().filter(BootFiles.Choice::sure).filter(choice -> gives(choice.candidate().file(), address, dynamic)).isPresent();
    }

    private static boolean gives(NetworkFile file, Cidr address, boolean dynamic) {
        var words = List.of("yes", "true", "on", "1", "both", address.isV6() ? "ipv6" : "ipv4", "v4");
        boolean asks = file.last("Network.DHCP").filter(words::contains).isPresent();
        return dynamic && (asks || address.isV6())
            || Stream.of("Network.Address", "Address.Address").flatMap(key -> file.all(key).stream())
                .anyMatch(text -> BootBackend.covers(text, address));
    }

    @Override
    public String withoutAddress() {
        return choice().map(choice -> "absent, by " + String.join(", ", choice.candidate().origin())).orElse("no file speaks of it");
    }

    /// The contents of `.netdev` files hold keys and are not read; a file that is named for no link that there is may be this one's.
    @Override
    public Optional<String> unmade(Links links, boolean ours) {
        var named = persistence.netdevs().stream().map(NetworkdBackend::stem).collect(Collectors.toCollection(TreeSet::new));
        var others = links.all().stream().map(one -> one.name().text()).filter(name -> !name.equals(link.name().text())).toList();
        others.forEach(named::remove);
        return named.isEmpty() ? Optional.of("no .netdev file makes it") : Optional.empty();
    }

    /// `/etc/systemd/network/25-br0.netdev`: `br0`.
    private static String stem(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.substring(0, name.length() - ".netdev".length()).replaceFirst("^\\d+-", "");
    }

    /// What sets up the link, with our files among the others.
    Optional<BootFiles.Choice> choice() {
        return persistence.boot(persistence.ours()).network(link, Optional.empty());
    }
}
