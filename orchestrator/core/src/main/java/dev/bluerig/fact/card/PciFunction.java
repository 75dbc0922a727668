package dev.bluerig.fact.card;

import dev.bluerig.fact.SafeValues;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.remote.Command;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line of `lspci -Dnn`: `type` is the PCI class in hexadecimal (0200 Ethernet, 0207 InfiniBand, 0604 bridge), `device` the device id.
record PciFunction(PciAddress pci, String type, String device, String text) {
    static final Command COMMAND = Command.of("lspci", "-Dnn", "-d", "15b3:");

    /// The address, the class in the first brackets, and vendor:device in the last ones: names hold brackets too (`[ConnectX-7]`).
    private static final Pattern LINE = Pattern.compile("^\\s*(\\S+) ([^\\[]*\\[(\\p{XDigit}{4})\\]: .*\\[15b3:(\\p{XDigit}{4})\\].*)$");

    /// The bridges of the Arm side, by id because pci.ids may be old: BlueField 1, 2, 3, 4.
    private static final Map<String, Crypto.State> BRIDGES = Map.of(
        "a2d0", Crypto.State.ENABLED, "a2d1", Crypto.State.DISABLED,
        "a2d4", Crypto.State.ENABLED, "a2d5", Crypto.State.DISABLED,
        "a2da", Crypto.State.ENABLED, "a2db", Crypto.State.DISABLED,
        "a2dd", Crypto.State.ENABLED, "a2de", Crypto.State.DISABLED);

    static List<PciFunction> parse(String text) {
        return text.lines().map(LINE::matcher).filter(Matcher::matches).flatMap(line -> SafeValues.pci(line.group(1)).stream()
            .map(pci -> new PciFunction(pci, line.group(3).toLowerCase(Locale.ROOT), line.group(4).toLowerCase(Locale.ROOT),
                line.group(2).strip()))).toList();
    }

    /// Network functions that are no port: virtual ones, and the third function of some cards, by which firmware and host talk.
    private static final Pattern NO_PORT = Pattern.compile("Virtual Function|Auxiliary Communication Channel|Management Interface",
        Pattern.CASE_INSENSITIVE);

    /// The same by id, because pci.ids may be old or missing: virtual functions (mlx5_core's own table, main.c `mlx5_core_pci_table`) and
    /// the channels of BlueField's management.
    private static final Set<String> NO_PORT_IDS =
        Set.of("1004", "1012", "1014", "1016", "1018", "101a", "101c", "101e", "a2d3", "c2d1", "c2d2", "c2d3", "c2d4", "c2d5");

    /// A port: a network function that carries Ethernet or InfiniBand of its own.
    boolean port() {
        return type.startsWith("02") && !NO_PORT.matcher(text).find() && !NO_PORT_IDS.contains(device);
    }

    Optional<LinkType> linkType() {
        return switch (type) {
            case "0200" -> Optional.of(LinkType.ETHERNET);
            case "0207" -> Optional.of(LinkType.INFINIBAND);
            default -> Optional.empty();
        };
    }

    Optional<Crypto.State> bridge() {
        return Optional.ofNullable(BRIDGES.get(device));
    }
}
