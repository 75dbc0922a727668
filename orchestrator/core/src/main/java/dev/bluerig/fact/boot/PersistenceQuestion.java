package dev.bluerig.fact.boot;

import dev.bluerig.fact.Effect;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.PathListing;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.ToolReplies;
import dev.bluerig.fact.system.WrittenFiles;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// How it is asked who sets up links at boot: what NetworkManager does now, and what is written down, which neither a
/// bridge nor another machine changes.
final class PersistenceQuestion {
    private PersistenceQuestion() {}

    static Fact<Persistence> fact() {
        return new Written().with(new Devices(), Persistence::with);
    }

    /// A second wave for the profiles, where NetworkManager manages a device.
    private record Devices() implements Fact.Question<Map<String, BootOwner.NetworkManager>> {
        static final Command DEVICES = Command.of("nmcli", "-t", "-f", "DEVICE,STATE,CON-UUID,CONNECTION", "device");
        static final Command PROFILES = Command.of("nmcli", "-t", "-f", "UUID,TYPE", "connection", "show");

        @Override
        public Inquiry<Map<String, BootOwner.NetworkManager>> read() {
            return Inquiry.ask(List.of(DEVICES, PROFILES), replies -> {
                var devices = NetworkManagerDevices.parse(ToolReplies.out(replies.get(0)).orElse(""));
                var uuids = devices.uuids(ToolReplies.out(replies.get(1)).orElse(""));
                if (uuids.isEmpty()) return Reading.known(devices.with(Map.of()));
                var words = new ArrayList<>(Arrays.asList("nmcli", "-t", "-f", NetworkManagerDevices.FIELDS, "connection", "show"));
                words.addAll(uuids);
                return Inquiry.parse(Command.of(words), out -> devices.with(NetworkManagerDevices.connections(out)));
            });
        }
    }

    /// As long as no device is known. Directories that do not exist are normal.
    private record Written() implements Fact.Question<Persistence> {
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
        private static final String REFUSED = "Error in network definition";
        private static final Pattern PLACE = Pattern.compile("/\\S+:\\d+:\\d+: ");

        @Override
        public Set<Effect> changedBy() {
            return EnumSet.complementOf(EnumSet.of(Effect.ELSEWHERE, Effect.SWITCH));
        }

        /// A file that cannot be read may be written anew.
        @Override
        public Set<Effect> knownAfter() {
            return Set.of(Effect.LINK_FILES, Effect.COMMAND);
        }

        @Override
        public Inquiry<Persistence> read() {
            return Inquiry.ask(List.of(NETPLAN, FILES, OURS, THERE, BootReaders.UNITS.command()), replies ->
                WrittenFiles.read(FILES, replies.get(1)).then(files -> WrittenFiles.read(OURS, replies.get(2)).then(ours -> {
                    var there = PathListing.parse(ToolReplies.printed(replies.get(3)));
                    var units = ToolReplies.out(replies.get(4)).map(BootReaders.UNITS::parse);
                    return Reading.known(new PersistentFiles(files, ours, there, BootReaders.of(units, there.paths()),
                        refused(replies.get(0))).persistence());
                })));
        }

        /// Netplan takes all of its files or none. Its generator may be there without this program.
        private static Optional<String> refused(Reply reply) {
            return reply instanceof Reply.Ran ran && !ran.ok() ? ran.err().lines().filter(line -> line.contains(REFUSED))
                .map(Written::words).findFirst() : Optional.empty();
        }

        /// With the place before it, if there is one.
        private static String words(String line) {
            int at = line.indexOf(REFUSED);
            int place = at > 0 ? line.lastIndexOf(' ', at - 2) + 1 : 0;
            return line.substring(at > 0 && PLACE.matcher(line.substring(place, at)).matches() ? place : at).strip();
        }
    }
}
