package dev.bluerig.fact.boot;

import dev.bluerig.fact.link.Link;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One device of netplan, merged from all files that mention it: scalars of a later file win, lists of addresses are joined (netplan's
/// parse.c).
/// `members`: the kinds of groups that take it, with their id (`Bond` -> `bond0`).
public record NetplanDefinition(String section, String id, List<String> files, String renderer, Optional<Netplan.Match> match,
                                Map<String, String> settings, List<String> addresses, Map<String, String> groups, List<String> others) {
    /// Only these stand for a device that is there by itself and may be matched; the others are made, and called by their id.
    private static final Set<String> PHYSICAL = Set.of("ethernets", "wifis", "modems");
    private static final Map<String, String> GROUPS = Map.of("bonds", "Bond", "bridges", "Bridge", "vrfs", "VRF");

    public NetplanDefinition {
        files = List.copyOf(files);
        settings = Map.copyOf(settings);
        addresses = List.copyOf(addresses);
        groups = Map.copyOf(groups);
        others = List.copyOf(others);
    }

    static List<NetplanDefinition> merged(List<Netplan.File> files) {
        var all = new LinkedHashMap<String, DefinitionBuilder>();
        var groups = new LinkedHashMap<String, Map<String, String>>();
        String renderer = "networkd";
        for (Netplan.File file : files) {
            renderer = file.renderer().orElse(renderer);
            for (Netplan.Entry entry : file.entries()) {
                all.computeIfAbsent(entry.id(), id -> new DefinitionBuilder(entry)).add(file.path(), entry);
                Optional.ofNullable(GROUPS.get(entry.section()))
                    .ifPresent(kind -> entry.members()
                    .forEach(member -> groups.computeIfAbsent(member, any -> new LinkedHashMap<>()).putIfAbsent(kind, entry.id())));
            }
        }
        String usual = renderer;
        return all.values().stream().map(draft -> draft.finished(usual, groups.getOrDefault(draft.id, Map.of()))).toList();
    }

    private static final class DefinitionBuilder {
        private final String section;
        private final String id;
        private final Optional<String> sectionRenderer;
        private final Set<String> files = new LinkedHashSet<>();
        private final Map<String, String> settings = new LinkedHashMap<>();
        private final Set<String> addresses = new LinkedHashSet<>();
        private final Set<String> others = new LinkedHashSet<>();
        private Optional<Netplan.Match> match = Optional.empty();

        private DefinitionBuilder(Netplan.Entry first) {
            section = first.section();
            id = first.id();
            sectionRenderer = first.sectionRenderer();
        }

        private void add(String file, Netplan.Entry entry) {
            files.add(file);
            settings.putAll(entry.settings());
            addresses.addAll(entry.addresses());
            others.addAll(entry.others());
            if (entry.match().isPresent())
                match = Optional.of(match.map(earlier -> earlier.and(entry.match().get())).orElse(entry.match().get()));
        }

        private NetplanDefinition finished(String usual, Map<String, String> groups) {
            String renderer = others.contains("openvswitch") ? "openvswitch" : Optional.ofNullable(settings.get("renderer"))
                .or(() -> sectionRenderer).orElse(usual);
            return new NetplanDefinition(section, id, new ArrayList<>(files), renderer, match, settings, new ArrayList<>(addresses),
                groups, new ArrayList<>(others));
        }
    }

    /// It means one link alone, by name or MAC address, so that what is added to it is added to no other.
    public boolean isOnly(Link link) {
        if (!PHYSICAL.contains(section)) return id.equals(link.name().text());
        if (match.isEmpty()) return id.equals(link.name().text());
        boolean pattern = match.get().name().filter(Glob::isPattern).isPresent();
        if (pattern || match.get().name().isEmpty() && match.get().mac().isEmpty()) return false;
        return match.get().mac().map(mac -> link.mac().filter(mac::equalsIgnoreCase).isPresent()).orElse(true)
            && match.get().name().map(link.name().text()::equals).orElse(true);
    }

    /// Netplan would write a file for udev that names nothing, and with it the port keeps the kernel's name (`eth0`).
    public boolean losesItsName() {
        return PHYSICAL.contains(section) && match.filter(by -> by.name().isEmpty()).isPresent() && !settings.containsKey("set-name");
    }

    /// What `netplan generate` makes of it for systemd-networkd; nothing when another program is to set it up.
    Optional<NetworkFile> network() {
        return renderer.equals("networkd") ? Optional.of(made()) : Optional.empty();
    }

    /// The renderer that the definition itself names; else it is a default of its file.
    public boolean namesRenderer() {
        return settings.containsKey("renderer");
    }

    /// The same for whoever is to set it up.
    public NetworkFile made() {
        var keys = new LinkedHashMap<String, List<String>>(matched(false));
        activation().ifPresent(policy -> keys.put("Link.ActivationPolicy", List.of(policy)));
        set(keys, "Link.MTUBytes", "mtu");
        dhcp().ifPresent(how -> keys.put("Network.DHCP", List.of(how)));
        keys.put("Network.LinkLocalAddressing", List.of(linkLocal()));
        if (!addresses.isEmpty()) keys.put("Network.Address", addresses);
        isOn("accept-ra").ifPresent(on -> keys.put("Network.IPv6AcceptRA", List.of(on ? "yes" : "no")));
        groups.forEach((kind, group) -> keys.put("Network." + kind, List.of(group)));
        others.forEach(key -> keys.put("Netplan." + key, List.of("set")));
        return new NetworkFile("/run/systemd/network/" + fileName() + ".network", keys);
    }

    /// For udev, whoever the renderer is.
    Optional<NetworkFile> link() {
        if (!PHYSICAL.contains(section) || !settings.containsKey("set-name") && !settings.containsKey("mtu")
            && isOn("wakeonlan").filter(on -> on).isEmpty()) return Optional.empty();
        var keys = new LinkedHashMap<String, List<String>>(matched(true));
        set(keys, "Link.Name", "set-name");
        set(keys, "Link.MTUBytes", "mtu");
        return Optional.of(new NetworkFile("/run/systemd/network/" + fileName() + ".link", keys));
    }

    private Map<String, List<String>> matched(boolean original) {
        var keys = new LinkedHashMap<String, List<String>>();
        if (!PHYSICAL.contains(section)) return Map.of("Match.Name", List.of(id));
        match.ifPresent(by -> {
            if (!by.drivers().isEmpty()) keys.put("Match.Driver", List.of(String.join(" ", by.drivers())));
            by.mac().ifPresent(mac -> keys.put("Match.PermanentMACAddress", List.of(mac)));
        });
        Optional<String> name = match.isPresent() ? match.get().name() : Optional.of(id);
        if (original) name.ifPresent(text -> keys.put("Match.OriginalName", List.of(text)));
        else Optional.ofNullable(settings.get("set-name")).or(() -> name).ifPresent(text -> keys.put("Match.Name", List.of(text)));
        return keys;
    }

    private void set(Map<String, List<String>> keys, String key, String field) {
        if (settings.containsKey(field)) keys.put(key, List.of(settings.get(field)));
    }

    private Optional<String> activation() {
        return Optional.ofNullable(settings.get("activation-mode")).map(mode -> mode.equals("manual") ? "manual" : "always-down");
    }

    private Optional<String> dhcp() {
        boolean four = isOn("dhcp4").orElse(false);
        boolean six = isOn("dhcp6").orElse(false);
        return four || six ? Optional.of(four && six ? "yes" : four ? "ipv4" : "ipv6") : Optional.empty();
    }

    private String linkLocal() {
        String kinds = groups.containsKey("Bond") || groups.containsKey("Bridge") ? "" : settings.getOrDefault("link-local", "ipv6");
        return switch (kinds) {
            case "" -> "no";
            case "ipv4", "ipv6" -> kinds;
            default -> "yes";
        };
    }

    private Optional<Boolean> isOn(String field) {
        return Optional.ofNullable(settings.get(field))
            .map(word -> List.of("true", "yes", "on", "y").contains(word.toLowerCase(Locale.ROOT)));
    }

    /// Everything but letters, digits and `-._~` is escaped as in an address of the web (g_uri_escape_string).
    private String fileName() {
        var name = new StringBuilder("10-netplan-");
        for (byte octet : id.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            name.append(c < 128 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0) || c >= 128 ? Character.toString(c)
                : "%%%02X".formatted((int) c));
        }
        return name.toString();
    }
}
