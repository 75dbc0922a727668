package dev.bluerig.fact;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Who sets up the links of a machine at boot, and what is written down for that.
///
/// - `devices`: what NetworkManager manages, with the profile in use; without those it was told to leave alone.
/// - `networkd`: the state of each link for systemd-networkd (`configured`, `unmanaged`), empty when it does not run.
/// - `netplan`: present when netplan is in use; what its files define, ours left out.
/// - `ifupdown`, `ifcfg`: present when the machine has such files.
/// - `ours`: content of every file that we wrote, by path.
public record Persistence(Map<String, Owner.NetworkManager> devices, Map<String, String> networkd, Optional<List<Owner.Definition>> netplan,
                          Optional<InterfacesFile> ifupdown, Optional<Map<String, String>> ifcfg, Map<String, String> ours) {
    public Persistence {
        devices = Collections.unmodifiableMap(new TreeMap<>(devices));
        networkd = Collections.unmodifiableMap(new TreeMap<>(networkd));
        netplan = netplan.map(List::copyOf);
        ours = Collections.unmodifiableMap(new TreeMap<>(ours));
    }

    /// The content that we gave a file, empty when there is none.
    public String ours(String path) {
        return ours.getOrDefault(path, "");
    }

    /// A stanza of ifupdown beats NetworkManager, which leaves such links alone; NetworkManager beats the files that it may not have made;
    /// netplan only writes files for systemd-networkd, so it comes before it.
    public Owner ownerOf(Link link) {
        if (ifupdown.filter(file -> file.links().contains(link.name().text())).isPresent()) return ifupdown.get().owner(link);
        var device = devices.get(link.name().text());
        if (device != null) return device;
        if (netplan.isPresent()) return new Owner.Netplan(netplan.get().stream().filter(entry -> concerns(entry, link)).toList());
        if (!networkd.isEmpty()) return new Owner.Networkd(isConfigured(link));
        if (ifupdown.isPresent()) return ifupdown.get().owner(link);
        if (ifcfg.isPresent()) return new Owner.Ifcfg(ifcfg.get().getOrDefault(link.name().text(), ""));
        return new Owner.Nobody();
    }

    private boolean isConfigured(Link link) {
        String state = networkd.getOrDefault(link.name().text(), "unmanaged");
        return state.startsWith("config") || state.equals("failed");
    }

    private static boolean concerns(Owner.Definition entry, Link link) {
        if (entry.mac().isPresent()) return link.mac().filter(entry.mac().get()::equalsIgnoreCase).isPresent();
        return entry.name().orElse(entry.id()).equals(link.name().text());
    }

    /// One wave; a second one for the profiles of NetworkManager, where it manages a device. Directories that do not exist are normal.
    public record Seen() implements Fact.Question<Persistence> {
        static final Command DEVICES = Command.of("nmcli", "-t", "-f", "DEVICE,STATE,CON-UUID,CONNECTION", "device");
        static final Command NETWORKD = Command.of("networkctl", "--no-legend", "--no-pager", "list");
        static final Command FILES = Command.of("grep", "-rI", "", "/etc/netplan", "/run/netplan", "/lib/netplan", "/etc/network/interfaces",
            "/etc/network/interfaces.d", "/etc/sysconfig/network-scripts");
        static final Command OURS = Command.of("grep", "-RI", "", "--include=*bluerig-*", "/etc/systemd/network", "/etc/systemd/system");

        @Override
        public Reading<Persistence> read() {
            return Reading.ask(List.of(DEVICES, NETWORKD, FILES, OURS), Seen::join);
        }

        private static Reading<Persistence> join(List<Reply> replies) {
            try {
                return joined(replies);
            } catch (IllegalArgumentException strange) {   // a netplan file that is no YAML, a profile without uuid
                return Reading.unknown(strange.getMessage());
            }
        }

        private static Reading<Persistence> joined(List<Reply> replies) {
            return WrittenFiles.read(FILES, replies.get(2)).then(files -> WrittenFiles.read(OURS, replies.get(3)).then(ours -> {
                var written = new PersistentFiles(files, ours, networkd(Answers.out(replies.get(1)).orElse("")));
                var devices = NetworkManagerDevices.parse(Answers.out(replies.get(0)).orElse(""));
                var uuids = devices.uuids();
                if (uuids.isEmpty()) return Reading.known(written.with(devices.with(Map.of())));
                var words = new ArrayList<>(Arrays.asList("nmcli", "-t", "-f", NetworkManagerDevices.FIELDS, "connection", "show"));
                words.addAll(uuids);
                return Reading.parse(Command.of(words), out -> written.with(devices.with(NetworkManagerDevices.connections(out))));
            }));
        }

        /// `IDX LINK TYPE OPERATIONAL SETUP`, separated by blanks; a value may be wider than its column.
        private static Map<String, String> networkd(String text) {
            var states = new TreeMap<String, String>();
            text.lines().map(line -> line.strip().split("\\s+")).filter(words -> words.length == 5 && words[0].matches("\\d+"))
                .forEach(words -> states.put(words[1], words[4]));
            return states;
        }
    }
}
