package dev.bluerig.fact.system;

import dev.bluerig.fact.Effect;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.ToolReplies;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Which programs a machine has, of those that were asked for: what a remedy would start must be there before it is promised.
///
/// `arping`: which one it is. `others`: programs that are not what their name says, and what they say they are.
public record InstalledPrograms(Set<String> asked, Set<String> there, ArpingFamily arping, Map<String, String> others) {
    /// What the remedies of our own tasks start, and the package of each: of Debian and Ubuntu, of RHEL and its kin.
    private static final Map<String, List<String>> PACKAGES = Map.ofEntries(
        Map.entry("apt-get", List.of("apt", "apt")), Map.entry("arping", List.of("iputils-arping", "iputils")),
        Map.entry("dnf", List.of("dnf", "dnf")),
        Map.entry("env", List.of("coreutils", "coreutils")), Map.entry("ethtool", List.of("ethtool", "ethtool")),
        Map.entry("install", List.of("coreutils", "coreutils")),
        Map.entry("ip", List.of("iproute2", "iproute")), Map.entry("modprobe", List.of("kmod", "kmod")),
        Map.entry("mv", List.of("coreutils", "coreutils")),
        Map.entry("nmcli", List.of("network-manager", "NetworkManager")),
        Map.entry("ovs-vsctl", List.of("openvswitch-switch", "openvswitch")),
        Map.entry("ovs-ofctl", List.of("openvswitch-switch", "openvswitch")),
        Map.entry("ping", List.of("iputils-ping", "iputils")), Map.entry("rm", List.of("coreutils", "coreutils")),
        Map.entry("systemctl", List.of("systemd", "systemd")), Map.entry("timeout", List.of("coreutils", "coreutils")));

    /// Started by the fewest remedies, so asked for when one of them is to run.
    private static final Set<String> SELDOM = Set.of("ovs-ofctl");

    /// Where programs stand when there is no `which` to follow the search path.
    private static final List<String> DIRECTORIES =
        List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin/", "/bin/");

    /// The `install` of toybox takes no notice of `-m` for what it reads from a pipe.
    private static final Command INSTALL = Command.of("install", "--version");

    public InstalledPrograms {
        asked = Collections.unmodifiableSet(new TreeSet<>(asked));
        there = Collections.unmodifiableSet(new TreeSet<>(there));
        others = Map.copyOf(others);
    }

    public static Set<String> usual() {
        return PACKAGES.keySet().stream().filter(program -> !SELDOM.contains(program)).collect(Collectors.toUnmodifiableSet());
    }

    /// The next step for a person who lacks this program; empty when we do not know where it comes from.
    public static Optional<String> install(String program) {
        return Optional.ofNullable(PACKAGES.get(program)).map(names -> "install the package " + names.getFirst() + " (Debian, Ubuntu)"
            + " or " + names.getLast() + " (RHEL and its kin)");
    }

    public record Seen(Set<String> names) implements Fact.Question<InstalledPrograms> {
        public Seen {
            names = Collections.unmodifiableSet(new TreeSet<>(names));
            if (names.isEmpty()) throw new IllegalArgumentException("no program is asked for");
        }

        @Override
        public Set<Effect> changedBy() {
            return EnumSet.of(Effect.PACKAGES, Effect.FILES, Effect.SERVICES, Effect.COMMAND);
        }

        @Override
        public Inquiry<InstalledPrograms> read() {
            var which = new ArrayList<>(List.of("which"));
            which.addAll(names);
            var commands = new ArrayList<>(List.of(Command.of(which)));
            if (names.contains("arping")) commands.add(ArpingFamily.VERSION);
            if (names.contains("install")) commands.add(INSTALL);
            return Inquiry.ask(commands, replies -> replies.getFirst() instanceof Reply.Ran ran && ran.status() == 127
                ? byDirectory(commands, replies)
                : join(Command.of("which"), replies.getFirst(), commands, replies));
        }

        /// RHEL installs `which` as a package of its own.
        private Inquiry<InstalledPrograms> byDirectory(List<Command> commands, List<Reply> replies) {
            var words = new ArrayList<>(List.of("find"));
            words.addAll(DIRECTORIES);
            words.addAll(List.of("-maxdepth", "1", "("));
            for (String name : names) words.addAll(words.getLast().equals("(") ? List.of("-name", name) : List.of("-o", "-name", name));
            words.add(")");
            return Inquiry.ask(Command.of(words), reply -> join(Command.of("find"), reply, commands, replies));
        }

        /// Both exit 1 when something is not there, and print what is.
        private Reading<InstalledPrograms> join(Command command, Reply reply, List<Command> commands, List<Reply> versions) {
            if (!(reply instanceof Reply.Ran ran) || ran.status() > 1) return ToolReplies.unknown(command, reply);
            var there = new LinkedHashSet<String>();
            for (String path : ran.out().lines().map(String::strip).toList()) {
                if (!path.startsWith("/") && !path.startsWith(".")) continue;
                there.add(path);
                there.add(path.substring(path.lastIndexOf('/') + 1));
            }
            there.retainAll(names);
            return Reading.known(told(there, commands, versions));
        }

        /// A program that cannot be started is not there, whatever stands in its place.
        private InstalledPrograms told(Set<String> there, List<Command> commands, List<Reply> versions) {
            var arping = ArpingFamily.OTHER;
            var others = new TreeMap<String, String>();
            for (int i = 1; i < commands.size(); i++) {
                String program = commands.get(i).words().getFirst();
                Reply reply = versions.get(i);
                if (reply instanceof Reply.Ran ran && ran.status() == 127) there.remove(program);
                if (program.equals("arping")) arping = ArpingFamily.of(reply);
                boolean other = program.equals("arping") ? arping == ArpingFamily.OTHER : reply instanceof Reply.Ran ran
                    && (ran.out() + ran.err()).contains("toybox");
                if (other && there.contains(program)) others.put(program, UnfitProgram.of(program, reply).said());
            }
            return new InstalledPrograms(names, there, arping, others);
        }
    }
}
