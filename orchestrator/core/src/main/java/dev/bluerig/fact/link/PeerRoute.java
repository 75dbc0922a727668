package dev.bluerig.fact.link;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.ToolJson;
import dev.bluerig.remote.Command;
import dev.bluerig.source.Tree;

/// Which link packets to one address leave by, as the kernel itself decides it: policy rules included.
///
/// `local`: the address is this machine's own, so nothing would leave it.
public record PeerRoute(String device, boolean local) {
    public record Seen(String address) implements Fact.Question<PeerRoute> {
        @Override
        public Inquiry<PeerRoute> read() {
            return Inquiry.parse(Command.of("ip", "-j", "route", "get", address), PeerRoute::parse);
        }
    }

    public static PeerRoute parse(String json) {
        Tree.Mapping route = ToolJson.objects("ip route get", json).stream().findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no route in it"));
        String type = ToolJson.text(route, "type").orElse("unicast");
        if (!type.equals("unicast") && !type.equals("local")) throw new IllegalArgumentException("the route is " + type);
        String device = ToolJson.text(route, "dev").orElseThrow(() -> new IllegalArgumentException("a route without a device"));
        return new PeerRoute(device, type.equals("local"));
    }
}
