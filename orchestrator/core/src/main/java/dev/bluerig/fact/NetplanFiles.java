package dev.bluerig.fact;

import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Tree;
import dev.bluerig.source.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What netplan's files define, device by device.
final class NetplanFiles {
    private NetplanFiles() {}

    /// In the order of the files' paths. A file that cannot be read as YAML throws `IllegalArgumentException`: netplan itself would fail on it.
    static List<Owner.Definition> definitions(Map<String, String> files) {
        var all = new ArrayList<Owner.Definition>();
        files.forEach((path, text) -> network(path, text).ifPresent(network -> network.entries().forEach((section, entry) -> {
            if (entry.value() instanceof Tree.Mapping devices)
                devices.entries().forEach((id, device) -> {
                    if (device.value() instanceof Tree.Mapping settings && !section.equals("wifis")) all.add(definition(path, section, id, settings));
                });
        })));
        return all;
    }

    private static Optional<Tree.Mapping> network(String path, String text) {
        if (text.lines().allMatch(line -> line.isBlank() || line.strip().startsWith("#"))) return Optional.empty();
        try {
            return Yaml.read(path, text) instanceof Tree.Mapping file ? ToolJson.object(file, "network") : Optional.empty();
        } catch (InvalidInput broken) {
            throw new IllegalArgumentException(broken.getMessage(), broken);
        }
    }

    private static Owner.Definition definition(String path, String section, String id, Tree.Mapping settings) {
        var match = ToolJson.object(settings, "match");
        boolean dhcp = isOn(settings, "dhcp4") || isOn(settings, "dhcp6");
        return new Owner.Definition(path, section, id, ToolJson.text(settings, "set-name").or(() -> match.flatMap(by -> ToolJson.text(by, "name"))),
            match.flatMap(by -> ToolJson.text(by, "macaddress")), addresses(settings), dhcp);
    }

    private static boolean isOn(Tree.Mapping settings, String field) {
        return ToolJson.text(settings, field).filter(word -> List.of("true", "yes", "on", "y").contains(word)).isPresent();
    }

    /// An item is an address, or a mapping with the address as its only key (label, lifetime).
    private static List<String> addresses(Tree.Mapping settings) {
        if (!(settings.get("addresses").orElse(null) instanceof Tree.Sequence list)) return List.of();
        return list.items().stream().map(item -> switch (item) {
            case Tree.Scalar scalar -> scalar.text();
            case Tree.Mapping mapping -> String.join(" ", mapping.entries().keySet());
            case Tree.Sequence sequence -> "";
        }).toList();
    }
}
