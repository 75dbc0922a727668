package dev.bluerig.task;

import dev.bluerig.fact.Effect;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.link.Links;
import dev.bluerig.fact.link.PeerRoute;
import dev.bluerig.fact.link.PortLinks;
import dev.bluerig.inventory.Cidr;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Diff;
import dev.bluerig.task.diff.DiffBuilder;
import dev.bluerig.task.diff.Finding;
import dev.bluerig.task.link.MissingPort;
import java.util.Set;

/// A requirement of trials: the port has a link, up and with carrier, that holds its address, and packets to the peer leave by it.
public record TestedPortTask(PciAddress port, Cidr address, String peer) implements Task<TestedPortTask.Facts> {
    public record Facts(Links links, PortLinks ports, Reading<PeerRoute> route) {}

    @Override
    public Fact<Facts> wants() {
        return new Links.Seen().with(new PortLinks.Seen(), new PeerRoute.Seen(peer).maybe(), Facts::new);
    }

    @Override
    public Set<Effect> brings() {
        return Set.of();
    }

    @Override
    public Diff diff(Facts seen) {
        var draft = new DiffBuilder();
        seen.ports().netdev(port).flatMap(seen.links()::named).ifPresentOrElse(link -> judge(link, seen.links(), seen.route(), draft),
            () -> MissingPort.unmet(port, seen.ports(), "", draft));
        return draft.diff();
    }

    private void judge(Link link, Links links, Reading<PeerRoute> route, DiffBuilder draft) {
        String name = link.name() + " (" + port + ")";
        if (!link.up())
            draft.unmet(Finding.LINK_DOWN, new Change(name, "up", "down"), "ip link set " + link.name() + " up; or bluerig apply");
        else if (!link.carrier()) draft.unmet(Finding.LINK_WITHOUT_CARRIER, new Change(name, "carrier", "no carrier"), "");
        else if (!links.holders(link).isEmpty())
            draft.unmet(Finding.LINK_BELONGS, new Change(name, "free", "part of " + links.holders(link).getFirst()),
                "a trial tests a port by itself: take it out of its master for the trial");
        else if (!link.has(address))
            draft.unmet(Finding.ADDRESS_ABSENT, new Change(name + " address", address.text(), addresses(link)),
                "ip address add " + address + " dev " + link.name() + "; or bluerig apply");
        else route(link, route, draft);
    }

    private void route(Link link, Reading<PeerRoute> route, DiffBuilder draft) {
        String what = "route to " + peer;
        String wanted = "by " + link.name() + " (" + port + ")";
        switch (route) {
            case Reading.Known<PeerRoute>(PeerRoute(String device, boolean local)) when local ->
                draft.unmet(Finding.ROUTE_ELSEWHERE, new Change(what, wanted, "the address is this machine's own (" + device + ")"),
                    "take the peer's address off this machine: ip -br address");
            case Reading.Known<PeerRoute>(PeerRoute(String device, boolean local)) when !device.equals(link.name().text()) ->
                draft.unmet(Finding.ROUTE_ELSEWHERE, new Change(what, wanted, "by " + device), "");
            case Reading.Known<PeerRoute> ours -> { }
            case Reading.Unknown<PeerRoute>(String why) ->
                draft.unmet(Finding.ROUTE_ELSEWHERE, new Change(what, wanted, "none: " + why), "");
        }
    }

    private static String addresses(Link link) {
        return link.addresses().isEmpty() ? "none"
            : String.join(", ", link.addresses().stream().map(address -> address.cidr().text()).toList());
    }
}
