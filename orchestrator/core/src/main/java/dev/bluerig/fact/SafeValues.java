package dev.bluerig.fact;

import dev.bluerig.inventory.Cidr;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.PciAddress;
import java.util.Optional;

/// Values out of tool output that may not be what they look like: strange text gives nothing instead of an error.
public final class SafeValues {
    private SafeValues() {}

    public static Optional<LinkName> link(String text) {
        try {
            return Optional.of(new LinkName(text));
        } catch (IllegalArgumentException strange) {
            return Optional.empty();
        }
    }

    public static Optional<Cidr> cidr(String text) {
        try {
            return Optional.of(new Cidr(text));
        } catch (IllegalArgumentException strange) {
            return Optional.empty();
        }
    }

    public static Optional<PciAddress> pci(String text) {
        try {
            return Optional.of(new PciAddress(text));
        } catch (IllegalArgumentException strange) {
            return Optional.empty();
        }
    }
}
