package dev.bluerig.task.boot;

import dev.bluerig.fact.boot.Persistence;
import dev.bluerig.fact.link.Link;
import dev.bluerig.inventory.Cidr;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.DiffBuilder;
import dev.bluerig.task.diff.Finding;
import dev.bluerig.task.link.LinkOwnership;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Whether the addresses that a link's master has for it now are the master's after a reboot, too. What gives them is the master's affair,
/// so nothing is written.
record MasterAddresses(LinkOwnership place, Persistence persistence) {
    void compare(DiffBuilder draft) {
        leftOver(draft);
        for (Cidr address : place.wanted().addresses())
            if (place.isServed(address)) place.server(address).ifPresent(master -> compare(master, address, draft));
    }

    private void compare(Link master, Cidr address, DiffBuilder draft) {
        var backend = BootBackend.of(master, persistence);
        boolean kept = place.isKept(master, address);
        var held = master.addresses().stream().filter(one -> one.cidr().address().equals(address.address())).findFirst().orElseThrow();
        String needed = "address " + held.cidr() + ", which " + place.link().name() + " needs";
        String without = ", or leave out `persist` for " + place.link().name();
        if (kept || backend.gives(address, held.dynamic())) {
            backend.missing(place.links(), kept).ifPresent(why -> draft.unmet(Finding.PERSIST_NOWHERE,
                new Change(backend.saved(), "made, for the " + needed, why),
                "have " + master.name() + " made where it is set up" + without));
            return;
        }
        draft.unmet(Finding.PERSIST_NOWHERE, new Change(backend.saved(), needed, backend.withoutAddress()),
            "give " + master.name() + " the address where it is set up, name it in the task with `persist`" + without);
    }

    /// A file of ours from the time when the link was free: it would put the address on the link, or take the link from its master.
    private void leftOver(DiffBuilder draft) {
        Link link = place.link();
        var keys = new TreeSet<>(List.of(BootSettings.key(place.wanted().ref()), link.name().text()));
        link.device().ifPresent(device -> keys.add(BootSettings.key(device)));
        var paths = Stream.concat(keys.stream().flatMap(key -> Stream.of(NetplanBackend.path(key), NetworkdBackend.path(key))),
            Stream.of(IfupdownBackend.path(link)));
        paths.filter(persistence.ours()::containsKey).forEach(path -> draft.unmet(Finding.PERSIST_CONFLICT,
            new Change(link.name() + " at boot", "set up by " + place.holder().orElseThrow() + " alone",
                "also set up by " + path + ", which we wrote"), "rm " + path));
    }
}
