package dev.bluerig.task.link;

import dev.bluerig.fact.link.PortLinks;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.DiffBuilder;
import dev.bluerig.task.diff.Finding;

/// Why no netdev stands for a PCI function: there is none, another program has the function, or several netdevs share it and nobody tells
/// which is the port.
public final class MissingPort {
    private MissingPort() {}

    public static void unmet(PciAddress pci, PortLinks ports, String next, DiffBuilder draft) {
        String what = "link " + pci;
        var names = ports.unclear().get(pci);
        String driver = ports.taken().getOrDefault(pci, "");
        if (names != null)
            draft.unmet(Finding.PORT_AMBIGUOUS,
                new Change(what, "one port", "any of " + String.join(", ", names.stream().map(Object::toString).toList())), "");
        else if (!driver.isEmpty())
            draft.unmet(Finding.PORT_TAKEN, new Change(what, "a network device", "bound to the driver " + driver), "");
        else draft.unmet(Finding.PORT_WITHOUT_NETDEV, new Change(what, "present", "absent"), next);
    }
}
