package dev.bluerig.task.boot;

import dev.bluerig.fact.boot.BootFiles;
import dev.bluerig.fact.boot.NetworkFile;
import dev.bluerig.inventory.Cidr;
import dev.bluerig.inventory.Mtu;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What is wanted of a link at boot against what its files would do for systemd-networkd and udev, ours or not.
record BootDifferences(BootSettings wanted, BootFiles boot) {
    /// Lines of a file that nobody would miss, when another file takes its place.
    private static final Set<String> IDLE = Set.of("Link.RequiredForOnline", "Link.MTUBytes", "Network.LinkLocalAddressing",
        "Network.IPv6AcceptRA", "Network.ConfigureWithoutCarrier", "Netplan.optional", "Netplan.ignore-carrier");

    /// One difference: `field` of the link, and the files that bring it about.
    record BootDifference(String field, String expected, String found, List<String> files) {}

    Optional<BootFiles.Choice> network() {
        return boot.network(wanted.link(), wanted.pci());
    }

    List<BootDifference> gaps() {
        var gaps = new ArrayList<BootDifference>();
        Optional<BootFiles.Choice> choice = network();
        if (choice.isEmpty()) return List.of(new BootDifference("set up", "by our file", "no file speaks of it", List.of()));
        var from = choice.get().candidate().origin();
        if (!choice.get().sure())
            return List.of(new BootDifference("set up", "by our file", "perhaps by another one, which comes first", from));
        NetworkFile file = choice.get().candidate().file();
        wanted.mtu().map(Mtu::text).ifPresent(mtu ->
            mtu(file).filter(found -> !found.equals(mtu)).ifPresent(found -> gaps.add(new BootDifference("mtu", mtu, found, from))));
        addresses(file, from, gaps);
        state(file, from, gaps);
        name(gaps);
        return gaps;
    }

    /// What systemd-networkd sets later than udev; nothing at all counts as another value, too.
    private Optional<String> mtu(NetworkFile file) {
        return file.last("Link.MTUBytes")
            .or(() -> boot.link(wanted.link(), wanted.pci()).flatMap(choice -> choice.candidate().file().last("Link.MTUBytes")))
            .map(BootDifferences::bytes).or(() -> Optional.of("not set"));
    }

    /// `9000`, `9K` (systemd.syntax: to the base of 1024).
    private static String bytes(String text) {
        return text.matches("\\d{1,5}K") ? Integer.toString(Integer.parseInt(text.substring(0, text.length() - 1)) * 1024) : text;
    }

    private void addresses(NetworkFile file, List<String> from, List<BootDifference> gaps) {
        var held = new TreeSet<String>();
        for (String key : List.of("Network.Address", "Address.Address")) file.all(key).forEach(address -> held.add(usual(address)));
        for (Cidr address : wanted.addresses())
            if (!held.remove(address.text())) gaps.add(new BootDifference("address " + address, "present", "absent", from));
        if (!wanted.only()) return;
        held.forEach(other -> gaps.add(new BootDifference("address " + other, "absent", "present", from)));
        file.last("Network.DHCP").filter(how -> !Set.of("no", "false", "none", "off", "0").contains(how))
            .ifPresent(how -> gaps.add(new BootDifference("dhcp", "no", how, from)));
    }

    /// As an inventory writes it, so that equal addresses are equal.
    private static String usual(String address) {
        try {
            return new Cidr(address).text();
        } catch (IllegalArgumentException strange) {
            return address;
        }
    }

    private void state(NetworkFile file, List<String> from, List<BootDifference> gaps) {
        if (file.last("Link.Unmanaged").filter(BootDifferences::yes).isPresent())
            gaps.add(new BootDifference("set up", "by systemd-networkd", "unmanaged", from));
        if (wanted.up().orElse(!wanted.addresses().isEmpty()))
            file.last("Link.ActivationPolicy").filter(policy -> List.of("manual", "down", "always-down").contains(policy))
                .ifPresent(policy -> gaps.add(new BootDifference("admin state", "up", policy, from)));
        if (wanted.addresses().isEmpty()) return;
        for (String kind : List.of("Bond", "Bridge"))
            file.last("Network." + kind).ifPresent(master -> gaps.add(new BootDifference("master", "none", master, from)));
    }

    /// A link that is wanted by its name must still have it.
    private void name(List<BootDifference> gaps) {
        if (wanted.pci().isPresent()) return;
        String today = wanted.link().name().text();
        boot.link(wanted.link(), wanted.pci()).filter(BootFiles.Choice::sure).map(BootFiles.Choice::candidate).ifPresent(candidate ->
            candidate.file().last("Link.Name").filter(name -> !name.equals(today))
                .ifPresent(name -> gaps.add(new BootDifference("name", today, name, candidate.origin()))));
    }

    private static boolean yes(String word) {
        return List.of("yes", "true", "on", "1").contains(word);
    }

    /// What a file does for the link that ours, in its place, would not do.
    static List<String> lost(NetworkFile file) {
        return file.keys().keySet().stream().filter(key -> !key.startsWith("Match.") && !file.all(key).isEmpty() && !IDLE.contains(key))
            .map(key -> key.substring(key.indexOf('.') + 1) + "=" + String.join(",", file.all(key))).toList();
    }
}
