package dev.bluerig.fact.ovs;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.Set;
import java.util.TreeSet;

/// Which links Open vSwitch has as ports, by its own word: those of its userspace data path have no master that `ip` could show.
///
/// Internal ports are a bridge's own links, and free.
public record SwitchedPorts(Set<String> names) {
    public SwitchedPorts {
        names = Set.copyOf(names);
    }

    public record Seen() implements Fact.Question<SwitchedPorts> {
        static final Command COMMAND = Command.of("ovs-vsctl", "--timeout=5", "-f", "json", "list", "interface");

        /// No switch, or one whose database is down, holds nothing that its kernel does not show.
        @Override
        public Inquiry<SwitchedPorts> read() {
            return Inquiry.ask(COMMAND, Seen::ports);
        }

        private static Reading<SwitchedPorts> ports(Reply reply) {
            if (!(reply instanceof Reply.Ran ran) || !ran.ok()) return Reading.known(new SwitchedPorts(Set.of()));
            return Reading.parsed(COMMAND, reply, SwitchedPorts::parse);
        }
    }

    private static SwitchedPorts parse(String json) {
        var names = new TreeSet<String>();
        OvsTable.parse(json).rows().stream().filter(row -> Set.of("", "system", "afxdp", "afxdp-nonpmd").contains(row.text("type")))
            .forEach(row -> names.add(row.text("name")));
        return new SwitchedPorts(names);
    }
}
