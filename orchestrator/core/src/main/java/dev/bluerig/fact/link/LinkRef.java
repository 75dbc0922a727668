package dev.bluerig.fact.link;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.PciAddress;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/// How a link is spoken of before its name is known: names change with driver updates, PCI addresses do not.
public sealed interface LinkRef {
    record ByName(LinkName name) implements LinkRef {
        @Override
        public String toString() {
            return name.text();
        }
    }

    record ByAddress(PciAddress pci) implements LinkRef {
        @Override
        public String toString() {
            return pci.text();
        }
    }

    /// From the fields of whoever writes one of both.
    static LinkRef of(Optional<LinkName> name, Optional<PciAddress> pci) {
        name.ifPresent(LinkName::written);
        if (name.isPresent() == pci.isPresent()) throw new IllegalArgumentException("say `name` or `pci`, one of them");
        return name.<LinkRef>map(ByName::new).orElseGet(() -> new ByAddress(pci.orElseThrow()));
    }

    default Optional<PciAddress> byPci() {
        return this instanceof ByAddress(PciAddress pci) ? Optional.of(pci) : Optional.empty();
    }

    /// Its name today; absent when nothing stands for the PCI function. A name is not checked to exist.
    default Optional<LinkName> in(PortLinks ports) {
        return switch (this) {
            case ByName(LinkName name) -> Optional.of(name);
            case ByAddress(PciAddress pci) -> ports.netdev(pci);
        };
    }

    /// The ports are asked only when one of the links is spoken of by PCI address.
    static Fact<PortLinks> ports(Collection<? extends LinkRef> refs) {
        PortLinks none = new PortLinks(Map.of());
        return refs.stream().anyMatch(ByAddress.class::isInstance) ? new PortLinks.Seen() : new Fact.Nothing<>(none);
    }

    /// The same inside a chain of questions.
    static Inquiry<PortLinks> read(Collection<? extends LinkRef> refs) {
        return switch (ports(refs)) {
            case Fact.Question<PortLinks> question -> question.read();
            case Fact<PortLinks> nothing -> Reading.known(new PortLinks(Map.of()));
        };
    }
}
