package dev.bluerig.fact;

import dev.bluerig.inventory.Cidr;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.remote.Command;
import dev.bluerig.source.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All network devices of a machine with their addresses, in the order of their index.
public record Links(List<Link> all) {
    public Links {
        all = List.copyOf(all);
    }

    /// By its name, or by one of its other names.
    public Optional<Link> named(LinkName name) {
        return all.stream().filter(link -> link.name().equals(name)).findFirst()
            .or(() -> all.stream().filter(link -> link.otherNames().contains(name.text())).findFirst());
    }

    /// One question for all links. Devices whose names could be taken for an option are left out.
    public record Seen() implements Fact.Question<Links> {
        static final Command COMMAND = Command.of("ip", "-d", "-j", "address", "show");

        @Override
        public Reading<Links> read() {
            return Reading.parse(COMMAND, Links::parse);
        }
    }

    static Links parse(String json) {
        var links = new ArrayList<Link>();
        for (Tree.Mapping object : ToolJson.objects("ip address", json))
            ToolJson.text(object, "ifname").flatMap(Names::link).ifPresent(name -> links.add(link(name, object)));
        if (links.isEmpty()) throw new IllegalArgumentException("no link at all, not even lo");
        return new Links(links);
    }

    private static Link link(LinkName name, Tree.Mapping object) {
        List<String> flags = ToolJson.texts(object, "flags");
        int mtu = ToolJson.number(object, "mtu").orElseThrow(() -> new IllegalArgumentException("no mtu for " + name));
        return new Link(name, ToolJson.number(object, "ifindex").orElse(0), ToolJson.object(object, "linkinfo").flatMap(info -> ToolJson.text(info, "info_kind")),
            flags.contains("UP"), flags.contains("LOWER_UP"), mtu, ToolJson.number(object, "max_mtu").filter(most -> most > 0),
            ToolJson.text(object, "address"), ToolJson.text(object, "master"), ToolJson.text(object, "link"),
            ToolJson.texts(object, "altnames"), ToolJson.text(object, "parentdev"), addresses(object));
    }

    private static List<Link.Address> addresses(Tree.Mapping object) {
        var addresses = new ArrayList<Link.Address>();
        for (Tree.Mapping entry : ToolJson.objects(object, "addr_info")) {
            var local = ToolJson.text(entry, "local");
            var prefix = ToolJson.number(entry, "prefixlen");
            if (local.isEmpty() || prefix.isEmpty()) continue;
            addresses.add(new Link.Address(new Cidr(local.get() + "/" + prefix.get()), ToolJson.text(entry, "scope").orElse("global"), ToolJson.yes(entry, "dynamic")));
        }
        return addresses;
    }
}
