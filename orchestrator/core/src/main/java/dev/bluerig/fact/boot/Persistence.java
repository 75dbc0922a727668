package dev.bluerig.fact.boot;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.link.Link;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Who sets up the links of a machine at boot, and what is written down for that.
///
/// - `devices`: what NetworkManager manages, with the profile in use; without those it was told to leave alone.
/// - `readers`: which programs would read files at boot.
/// - `netplan`: present when netplan is in use; `files`: those of systemd-networkd and udev; ours left out of both.
/// - `ifupdown`, `ifcfg`: present when the machine has such files.
/// - `ours`: content of every file that we wrote, by path.
/// - `netdevs`: paths of the files by which systemd-networkd makes links; what they hold may be secret.
public record Persistence(Map<String, BootOwner.NetworkManager> devices, BootReaders readers, Optional<Netplan> netplan,
    List<NetworkFile> files,
                          Optional<InterfacesFile> ifupdown, Optional<Map<String, String>> ifcfg, Map<String, String> ours,
                          List<String> netdevs) {
    public Persistence {
        devices = Collections.unmodifiableMap(new TreeMap<>(devices));
        files = List.copyOf(files);
        ours = Collections.unmodifiableMap(new TreeMap<>(ours));
        netdevs = List.copyOf(netdevs);
    }

    Persistence with(Map<String, BootOwner.NetworkManager> seen) {
        return new Persistence(seen, readers, netplan, files, ifupdown, ifcfg, ours, netdevs);
    }

    /// The content that we gave a file, empty when there is none.
    public String ours(String path) {
        return ours.getOrDefault(path, "");
    }

    /// A stanza of ifupdown beats NetworkManager, which leaves such links alone; NetworkManager beats the files that it may not have made;
    /// netplan only writes files for systemd-networkd, so it comes before it. Files without a program that reads them are nobody's.
    public BootOwner ownerOf(Link link) {
        var interfaces = ifupdown.filter(files -> readers.ifupdown());
        if (interfaces.filter(file -> file.mentions(link)).isPresent()) return interfaces.get().owner(link);
        var device = devices.get(link.name().text());
        if (device != null) return device;
        if (netplan.isPresent() && readers.netplan()) return new BootOwner.Netplan(netplan.get());
        if (readers.networkd()) return new BootOwner.Networkd();
        if (interfaces.isPresent()) return interfaces.get().owner(link);
        if (ifcfg.isPresent() && readers.network()) return new BootOwner.Ifcfg(ifcfg.get().getOrDefault(link.name().text(), ""));
        return new BootOwner.Nobody(unread());
    }

    /// Files that look as if they counted.
    private List<String> unread() {
        var unread = new ArrayList<String>();
        if (netplan.isPresent()) unread.add("/etc/netplan is there, but not netplan's generator with systemd-networkd");
        if (ifupdown.isPresent()) unread.add(InterfacesFile.MAIN + " is there, but not ifupdown");
        if (ifcfg.isPresent()) unread.add("ifcfg files are there, but no network.service, and NetworkManager does not manage the link");
        return unread;
    }

    /// What systemd-networkd and udev would find with these files of ours, path to text, in the place of those that are there.
    public BootFiles boot(Map<String, String> ours) {
        var definitions = new ArrayList<Netplan.File>(netplan.map(Netplan::files).orElse(List.of()));
        ours.keySet().stream().filter(PersistentFiles::isNetplan).map(path -> NetplanFiles.file(path, ours.get(path)))
            .forEach(definitions::add);
        definitions.sort(Comparator.comparing(Netplan.File::name));
        var all = new ArrayList<>(files);
        ours.keySet().stream().filter(NetworkFiles::isOne).map(path -> NetworkFile.parse(path, ours.get(path))).forEach(all::add);
        return BootFiles.of(all, readers.netplan() ? NetplanDefinition.merged(definitions) : List.of());
    }

    public static Fact<Persistence> seen() {
        return PersistenceQuestion.fact();
    }
}
