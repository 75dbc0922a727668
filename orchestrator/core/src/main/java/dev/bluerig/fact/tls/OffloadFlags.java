package dev.bluerig.fact.tls;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.link.LinkRef;
import dev.bluerig.fact.link.PortLinks;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The TLS offload flags of the links that were asked for and exist, by their names of today.
public record OffloadFlags(Map<String, TlsFlags> links) {
    public OffloadFlags {
        links = Collections.unmodifiableMap(new TreeMap<>(links));
    }

    public Optional<TlsFlags> of(LinkName link) {
        return Optional.ofNullable(links.get(link.text()));
    }

    /// One wave by name, two when a PCI address must be looked up first.
    public record Seen(List<LinkRef> refs) implements Fact.Question<OffloadFlags> {
        public Seen {
            refs = List.copyOf(refs);
        }

        @Override
        public Inquiry<OffloadFlags> read() {
            return LinkRef.read(refs).then(this::flags);
        }

        private Inquiry<OffloadFlags> flags(PortLinks ports) {
            var links = refs.stream().flatMap(ref -> ref.in(ports).stream()).distinct().toList();
            if (links.isEmpty()) return Reading.known(new OffloadFlags(Map.of()));
            var commands = new ArrayList<Command>();
            links.forEach(link -> commands.add(Command.of("ethtool", "-k", link.text())));
            return Inquiry.ask(commands, replies -> join(links, commands, replies));
        }

        private static Reading<OffloadFlags> join(List<LinkName> links, List<Command> commands, List<Reply> replies) {
            var flags = new TreeMap<String, TlsFlags>();
            for (int i = 0; i < links.size(); i++) {
                if (noSuchDevice(replies.get(i))) continue;
                switch (Reading.parsed(commands.get(i), replies.get(i), TlsFlags::parse)) {
                    case Reading.Known<TlsFlags>(TlsFlags seen) -> flags.put(links.get(i).text(), seen);
                    case Reading.Unknown<TlsFlags>(String why) -> {
                        return Reading.unknown(why);
                    }
                }
            }
            return Reading.known(new OffloadFlags(flags));
        }

        /// ethtool 6.1 by netlink: `netlink error: No such device`; by ioctl: `Cannot get device feature names: No such device`.
        private static boolean noSuchDevice(Reply reply) {
            return reply instanceof Reply.Ran ran && !ran.ok() && ran.err().contains("No such device");
        }
    }
}
