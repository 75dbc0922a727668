package dev.bluerig.task.boot;

import dev.bluerig.fact.boot.BootFiles;
import dev.bluerig.fact.boot.BootOwner;
import dev.bluerig.fact.boot.InterfacesFile;
import dev.bluerig.fact.boot.NetworkFile;
import dev.bluerig.fact.boot.Persistence;
import dev.bluerig.fact.link.Link;
import dev.bluerig.inventory.Cidr;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.DiffBuilder;
import dev.bluerig.task.diff.Finding;
import dev.bluerig.task.link.LinkOwnership;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Whether the addresses that a link's master has for it now are the master's after a reboot, too. What gives them is the master's affair, so nothing is written.
public record MasterAddresses(LinkOwnership place, Persistence persistence) {
    public void compare(DiffBuilder draft) {
        leftOver(draft);
        for (Cidr address : place.wanted().addresses())
            if (place.isServed(address)) place.server(address).ifPresent(master -> compare(master, address, draft));
    }

    private void compare(Link master, Cidr address, DiffBuilder draft) {
        BootOwner owner = persistence.ownerOf(master);
        var missing = new MasterDefinition(master, place.links(), persistence).missing(owner, place.isKept(master, address));
        var held = master.addresses().stream().filter(one -> one.cidr().address().equals(address.address())).findFirst().orElseThrow();
        if (place.isKept(master, address) || gives(owner, master, address, held.dynamic())) {
            missing.ifPresent(why -> draft.unmet(Finding.PERSIST_NOWHERE, new Change(master.name() + " at boot (" + owner.words() + ")", "made, for the address " + held.cidr() + ", which " + place.link().name() + " needs", why),
                "have " + master.name() + " made where it is set up, or leave out `persist` for " + place.link().name()));
            return;
        }
        String found = switch (owner) {
            case BootOwner.Netplan netplan -> netplan.files().trouble().or(() -> ofNetworkManager(netplan, master)).orElseGet(() -> files(master));
            case BootOwner.Networkd networkd -> files(master);
            case BootOwner.NetworkManager manager -> manager.connection().map(profile -> (profile.autoconnect() ? "not in profile " + profile.id() : "profile " + profile.id() + " is not started (autoconnect no)")).orElse("no profile");
            case BootOwner.Ifupdown ifupdown -> ifupdown.others().isEmpty() ? "no file speaks of it" : "absent, by " + String.join(", ", ifupdown.others().stream().map(InterfacesFile.Stanza::file).distinct().toList());
            case BootOwner.Ifcfg ifcfg -> ifcfg.text().isEmpty() ? "no file speaks of it" : "not in ifcfg-" + master.name();
            case BootOwner.Nobody nobody -> nobody.unread().isEmpty() ? "nobody sets it up" : String.join("; ", nobody.unread());
        };
        draft.unmet(Finding.PERSIST_NOWHERE, new Change(master.name() + " at boot (" + owner.words() + ")", "address " + held.cidr() + ", which " + place.link().name() + " needs", found),
            "give " + master.name() + " the address where it is set up, name it in the task with `persist`, or leave out `persist` for " + place.link().name());
    }

    private boolean gives(BootOwner owner, Link master, Cidr address, boolean dynamic) {
        return switch (owner) {
            case BootOwner.NetworkManager manager -> manager.connection().filter(BootOwner.Connection::autoconnect).filter(profile -> dynamic && (address.isV6() ? profile.method6() : profile.method4()).equals("auto")
                || Stream.concat(profile.addresses4().stream(), profile.addresses6().stream()).anyMatch(text -> isIt(text, address))).isPresent();
            case BootOwner.Netplan netplan -> netplan.files().trouble().isEmpty() && choice(master).filter(BootFiles.Choice::sure).filter(choice -> gives(choice.candidate().file(), address, dynamic)).isPresent();
            case BootOwner.Networkd networkd -> choice(master).filter(BootFiles.Choice::sure).filter(choice -> gives(choice.candidate().file(), address, dynamic)).isPresent();
            case BootOwner.Ifupdown ifupdown -> ifupdown.others().stream().anyMatch(stanza -> dynamic && stanza.method().matches("dhcp|auto") || stanza.addresses().stream().anyMatch(text -> isIt(text, address)))
                || ifupdown.reads() && persistence.ours("/etc/network/interfaces.d/bluerig-" + master.name()).lines().anyMatch(line -> line.strip().startsWith("address ") && isIt(line.strip().substring(8), address));
            case BootOwner.Ifcfg ifcfg -> dynamic && Pattern.compile("(?im)^BOOTPROTO=[\"']?(dhcp|bootp)\\b|^(IPV6_AUTOCONF|DHCPV6C)=[\"']?yes\\b").matcher(ifcfg.text()).find() || Pattern.compile("(?m)^(IPADDR\\d*|IPV6ADDR|IPV6ADDR_SECONDARIES)=[\"']?" + Pattern.quote(address.address()) + "(\\D|$)").matcher(ifcfg.text()).find();
            case BootOwner.Nobody nobody -> false;
        };
    }

    private static boolean gives(NetworkFile file, Cidr address, boolean dynamic) {
        boolean asks = file.last("Network.DHCP").filter(how -> List.of("yes", "true", "on", "1", "both", address.isV6() ? "ipv6" : "ipv4", "v4").contains(how)).isPresent();
        return dynamic && (asks || address.isV6()) || Stream.of("Network.Address", "Address.Address").flatMap(key -> file.all(key).stream()).anyMatch(text -> isIt(text, address));
    }

    /// In the same or a wider subnet; without a prefix it stands beside a netmask.
    private static boolean isIt(String text, Cidr address) {
        try {
            var given = new Cidr(text.contains("/") ? text : text + "/" + address.prefix());
            return given.address().equals(address.address()) && given.prefix() <= address.prefix();
        } catch (IllegalArgumentException strange) {
            return false;
        }
    }

    private Optional<BootFiles.Choice> choice(Link master) {
        return persistence.boot(persistence.ours()).network(master, Optional.empty());
    }

    private static Optional<String> ofNetworkManager(BootOwner.Netplan netplan, Link master) {
        return netplan.files().ofNetworkManager(master, Optional.empty()).stream().findFirst()
            .map(definition -> "set up by NetworkManager, which does not manage it now, by " + String.join(", ", definition.files()));
    }

    private String files(Link master) {
        return choice(master).map(choice -> "absent, by " + String.join(", ", choice.candidate().origin())).orElse("no file speaks of it");
    }

    /// A file of ours from the time when the link was free: it would put the address on the link, or take the link from its master.
    private void leftOver(DiffBuilder draft) {
        var keys = new TreeSet<>(List.of(place.wanted().key(), place.link().name().text()));
        place.link().device().ifPresent(device -> keys.add(device.replace(':', '-').replace('.', '-')));
        var paths = Stream.concat(keys.stream().flatMap(key -> Stream.of("/etc/netplan/60-bluerig-" + key + ".yaml", "/etc/systemd/network/05-bluerig-" + key + ".network")),
            Stream.of("/etc/network/interfaces.d/bluerig-" + place.link().name()));
        paths.filter(persistence.ours()::containsKey).forEach(path -> draft.unmet(Finding.PERSIST_CONFLICT,
            new Change(place.link().name() + " at boot", "set up by " + place.holder().orElseThrow() + " alone", "also set up by " + path + ", which we wrote"), "rm " + path));
    }
}
