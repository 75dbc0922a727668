package dev.bluerig.fact.boot;

import dev.bluerig.fact.Effect;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.PathListing;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.ToolReplies;
import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.system.WrittenFiles;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

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

    /// One wave; a second one for the profiles of NetworkManager, where it manages a device. Directories that do not exist are normal.
    public record Seen() implements Fact.Question<Persistence> {
        static final Command DEVICES = Command.of("nmcli", "-t", "-f", "DEVICE,STATE,CON-UUID,CONNECTION", "device");
        static final Command PROFILES = Command.of("nmcli", "-t", "-f", "UUID,TYPE", "connection", "show");
        static final Command NETPLAN = Command.of("netplan", "get");
        static final Command FILES = Command.of("grep", "-RI", "", "--exclude=*.netdev", "--exclude=ifup-*", "--exclude=ifdown-*",
            "--exclude-dir=if-*.d", "/etc/netplan", "/run/netplan", "/lib/netplan",
            "/etc/network", "/etc/sysconfig/network-scripts", "/etc/systemd/network", "/run/systemd/network",
            "/usr/local/lib/systemd/network", "/usr/lib/systemd/network");
        static final Command OURS = Command.of("grep", "-RI", "", "--include=*bluerig-*", "/etc/systemd/system");
        /// Programs, and files without a line: `grep` prints nothing of them.
        static final Command THERE = Command.of("find", "/usr/lib/systemd/system-generators/netplan",
            "/lib/systemd/system-generators/netplan", "/usr/sbin/ifup", "/sbin/ifup", "/usr/share/ifupdown2/__main__.py",
            "/etc/netplan", "/run/netplan", "/lib/netplan", "/etc/systemd/network", "/run/systemd/network",
            "/usr/local/lib/systemd/network", "-printf", "%s:%l:%p\\n");

        /// A file that cannot be read may be written anew.
        @Override
        public Set<Effect> knownAfter() {
            return Set.of(Effect.LINK_FILES, Effect.COMMAND);
        }

        @Override
        public Inquiry<Persistence> read() {
            return Inquiry.ask(List.of(DEVICES, NETPLAN, FILES, OURS, THERE, BootReaders.UNITS.command(), PROFILES), Seen::joined);
        }

        private static Inquiry<Persistence> joined(List<Reply> replies) {
            return WrittenFiles.read(FILES, replies.get(2)).then(files -> WrittenFiles.read(OURS, replies.get(3)).then(ours -> {
                var there = PathListing.parse(ToolReplies.printed(replies.get(4)));
                var units = ToolReplies.out(replies.get(5)).map(BootReaders.UNITS::parse);
                var written = new PersistentFiles(files, ours, there, BootReaders.of(units, there.paths()), refused(replies.get(1)));
                var devices = NetworkManagerDevices.parse(ToolReplies.out(replies.get(0)).orElse(""));
                var uuids = devices.uuids(ToolReplies.out(replies.get(6)).orElse(""));
                if (uuids.isEmpty()) return Reading.known(written.with(devices.with(Map.of())));
                var words = new ArrayList<>(Arrays.asList("nmcli", "-t", "-f", NetworkManagerDevices.FIELDS, "connection", "show"));
                words.addAll(uuids);
                return Inquiry.parse(Command.of(words), out -> written.with(devices.with(NetworkManagerDevices.connections(out))));
            }));
        }

        private static final String REFUSED = "Error in network definition";
        private static final Pattern PLACE = Pattern.compile("/\\S+:\\d+:\\d+: ");

        /// Netplan takes all of its files or none. Its generator may be there without this program.
        private static Optional<String> refused(Reply reply) {
            return reply instanceof Reply.Ran ran && !ran.ok() ? ran.err().lines().filter(line -> line.contains(REFUSED)).map(Seen::words)
                .findFirst() : Optional.empty();
        }

        /// With the place before it, if there is one.
        private static String words(String line) {
            int at = line.indexOf(REFUSED);
            int place = at > 0 ? line.lastIndexOf(' ', at - 2) + 1 : 0;
            return line.substring(at > 0 && PLACE.matcher(line.substring(place, at)).matches() ? place : at).strip();
        }
    }
}
