package dev.bluerig.fact.boot;

import dev.bluerig.source.ForeignYaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Netplan's files as netplan reads them: YAML of libyaml, a key of `network` may stand twice, a file of the same name in /run hides that
/// in /etc, which hides that in /lib.
final class NetplanFiles {
    private static final List<String> DIRECTORIES = List.of("/lib/netplan/", "/etc/netplan/", "/run/netplan/");
    private static final Set<String> SETTINGS =
        Set.of("renderer", "mtu", "dhcp4", "dhcp6", "accept-ra", "set-name", "activation-mode", "ignore-carrier", "optional", "wakeonlan",
        "macaddress", "critical");
    private static final Set<String> NO_DEVICES = Set.of("version", "renderer", "openvswitch");

    private NetplanFiles() {}

    /// In the order of the files' names.
    static List<Netplan.File> read(Map<String, String> files) {
        var byName = new TreeMap<String, Netplan.File>();
        for (String directory : DIRECTORIES) files.forEach((path, text) -> {
            String name = path.startsWith(directory) ? path.substring(directory.length()) : "/";
            if (name.endsWith(".yaml") && name.indexOf('/') < 0) byName.put(name, file(path, text));
        });
        return List.copyOf(byName.values());
    }

    static Netplan.File file(String path, String text) {
        try {
            var networks = ForeignYaml.read(path, text).stream().flatMap(top -> values(top, "network")).toList();
            var entries = new ArrayList<Netplan.Entry>();
            Optional<String> renderer = Optional.empty();
            for (ForeignYaml network : networks) {
                Optional<String> own = text(network, "renderer");
                if (own.isPresent()) renderer = own;
                if (network instanceof ForeignYaml.Pairs sections) sections.pairs().forEach(section -> section(section, entries));
            }
            return new Netplan.File(path, renderer, entries, Optional.empty());
        } catch (IllegalArgumentException unreadable) {
            return new Netplan.File(path, Optional.empty(), List.of(), Optional.of(unreadable.getMessage()));
        }
    }

    /// `renderer` among the devices is for those that come after it and are not known from before.
    private static void section(ForeignYaml.Pair section, List<Netplan.Entry> entries) {
        if (NO_DEVICES.contains(section.key()) || !(section.value() instanceof ForeignYaml.Pairs devices)) return;
        Optional<String> renderer = Optional.empty();
        for (ForeignYaml.Pair device : devices.pairs()) {
            if (device.key().equals("renderer") && device.value() instanceof ForeignYaml.Text(String text)) renderer = Optional.of(text);
            else if (device.value() instanceof ForeignYaml.Pairs settings)
                entries.add(entry(section.key(), device.key(), renderer, settings));
        }
    }

    private static Netplan.Entry entry(String section, String id, Optional<String> renderer, ForeignYaml.Pairs device) {
        var settings = new LinkedHashMap<String, String>();
        var addresses = new ArrayList<String>();
        var members = new ArrayList<String>();
        var others = new ArrayList<String>();
        Optional<Netplan.Match> match = Optional.empty();
        for (ForeignYaml.Pair field : device.pairs()) {
            switch (field.key()) {
                case "match" -> {
                    Netplan.Match more = match(field.value());
                    match = Optional.of(match.map(earlier -> earlier.and(more)).orElse(more));
                }
                case "addresses" -> addresses.addAll(items(field.value()));
                case "interfaces" -> members.addAll(items(field.value()));
                case "link-local" -> settings.put("link-local", String.join(",", items(field.value())));
                default -> {
                    if (SETTINGS.contains(field.key()) && field.value() instanceof ForeignYaml.Text(String text))
                        settings.put(field.key(), text);
                    else others.add(field.key());
                }
            }
        }
        return new Netplan.Entry(section, id, renderer, match, settings, addresses, members, others);
    }

    private static Netplan.Match match(ForeignYaml by) {
        var drivers = values(by, "driver").reduce((earlier, later) -> later)
            .map(driver -> driver instanceof ForeignYaml.Text(String one) ? List.of(one) : items(driver)).orElse(List.of());
        return new Netplan.Match(text(by, "name"), text(by, "macaddress"), drivers);
    }

    private static Stream<ForeignYaml> values(ForeignYaml value, String key) {
        return value instanceof ForeignYaml.Pairs pairs ? pairs.all(key).stream() : Stream.empty();
    }

    private static Optional<String> text(ForeignYaml value, String key) {
        return values(value, key).reduce((earlier, later) -> later).filter(ForeignYaml.Text.class::isInstance)
            .map(text -> ((ForeignYaml.Text) text).text());
    }

    /// An item is a text, or a mapping with it as its only key (an address with label or lifetime).
    private static List<String> items(ForeignYaml list) {
        if (!(list instanceof ForeignYaml.Items(List<ForeignYaml> items))) return List.of();
        return items.stream().map(item -> switch (item) {
            case ForeignYaml.Text(String text) -> text;
            case ForeignYaml.Pairs pairs -> pairs.pairs().isEmpty() ? "" : pairs.pairs().getFirst().key();
            case ForeignYaml.Items none -> "";
        }).filter(text -> !text.isEmpty()).toList();
    }
}
