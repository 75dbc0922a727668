package dev.bluerig.fact.card;

import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.PciAddress;
import java.util.List;

/// A port of the host as its DPU sees it: the uplink towards the cable and the representor towards the host.
public record PortOnDpu(LinkName uplink, LinkName representor) {
    public static PortOnDpu of(PciAddress port) {
        return new PortOnDpu(new LinkName("p" + port.function()), new LinkName("pf" + port.function() + "hpf"));
    }

    public List<LinkName> links() {
        return List.of(uplink, representor);
    }
}
