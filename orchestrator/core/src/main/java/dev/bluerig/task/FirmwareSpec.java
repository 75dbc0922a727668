package dev.bluerig.task;

import dev.bluerig.fact.card.CardMode;
import dev.bluerig.fact.card.Crypto;
import dev.bluerig.fact.card.LinkType;
import dev.bluerig.inventory.CardSlot;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.Version;
import dev.bluerig.source.Described;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the cards of a machine must be. A requirement: bluerig never changes, resets or burns a card.
@TaskName("firmware")
@Described(value = "What the cards of a machine must be: crypto, mode, link type, firmware version, nothing waiting for a reset."
    + " Nothing is changed.",
    example = "firmware: {crypto: enabled, mode: dpu, link_type: ethernet, pending_reset: none}")
public record FirmwareSpec(
    @Described(value = "How the card was fused; without crypto there is no TLS offload.", example = "enabled") Optional<Fused> crypto,
    @Described(value = "Who owns the card: its Arm cores, the host, both apart, the Arm cores with the host locked out, or no Arm cores"
    + " at all.",
        example = "dpu") Optional<CardMode> mode,
    @Described(value = "What every port speaks now.", example = "ethernet") Optional<LinkType> linkType,
    @Described(value = "The least running firmware; its first number is the card's family and must be the same.", example = "24.35.1012")
    Optional<Version> minimum,
    @Described(value = "No setting and no firmware may wait for a reset.",
    example = "none") Optional<PendingReset> pendingReset) implements TaskSpec {

    public enum Fused {
        ENABLED, DISABLED;

        /// As which such a card is seen.
        Crypto.State state() {
            return switch (this) {
                case ENABLED -> Crypto.State.ENABLED;
                case DISABLED -> Crypto.State.DISABLED;
            };
        }
    }

    public enum PendingReset { NONE }

    public FirmwareSpec {
        if (Stream.of(crypto, mode, linkType, minimum, pendingReset).allMatch(Optional::isEmpty))
            throw new IllegalArgumentException("nothing is required: give crypto, mode, link_type, minimum or pending_reset");
    }

    /// On a host the cards of its ports and of its DPUs; on a DPU, and on a host of which the inventory names neither, what `lspci` shows.
    @Override
    public Task<?> on(MachineContext site) {
        Machine machine = site.machine();
        var ports = machine.ports().stream().map(Machine.Port::pci);
        var cards = site.inventory().dpusOf(machine).stream().flatMap(dpu -> dpu.card().stream()).map(CardSlot::firstFunction);
        boolean host = machine.kind() == Machine.Kind.HOST;
        return new FirmwareTask(this, machine.kind(), host ? Stream.concat(ports, cards).distinct().toList() : List.of());
    }
}
