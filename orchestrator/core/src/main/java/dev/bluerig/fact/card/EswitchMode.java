package dev.bluerig.fact.card;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.ToolJson;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.remote.Command;
import dev.bluerig.source.Tree;

/// How a card's switch works as seen from this machine: in `switchdev` mode the driver strips TLS offload from the uplink
/// (`Disabling hw_tls_rx/tx, not supported in switchdev mode`).
public record EswitchMode(String mode) {
    public boolean switchdev() {
        return mode.startsWith("switchdev");      // `switchdev_inactive`, too (devlink-eswitch-attr.rst)
    }

    /// A function without a switch of its own is unknown, and devlink says why (`Operation not supported`).
    public record Seen(PciAddress pci) implements Fact.Question<EswitchMode> {
        @Override
        public Inquiry<EswitchMode> read() {
            return Inquiry.parse(Command.of("devlink", "-j", "dev", "eswitch", "show", "pci/" + pci), EswitchMode::parse);
        }
    }

    /// `{"dev":{"pci/0000:08:00.0":{"mode":"switchdev","inline-mode":"none","encap-mode":"basic"}}}` (iproute2 devlink/devlink.c).
    static EswitchMode parse(String json) {
        Tree.Mapping devices = ToolJson.object("devlink", json).flatMap(whole -> ToolJson.object(whole, "dev"))
            .orElseThrow(() -> new IllegalArgumentException("no device in it"));
        return devices.entries().values().stream().map(Tree.Entry::value).filter(Tree.Mapping.class::isInstance)
            .map(Tree.Mapping.class::cast)
            .flatMap(device -> ToolJson.text(device, "mode").stream()).findFirst().map(EswitchMode::new)
            .orElseThrow(() -> new IllegalArgumentException("no mode in it"));
    }
}
