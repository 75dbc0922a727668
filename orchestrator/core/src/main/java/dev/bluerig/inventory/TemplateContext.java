package dev.bluerig.inventory;

import dev.bluerig.source.YamlNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What templates see of one machine: its variables, and the test-bed around it as plain maps. What is absent is there and empty
/// (`""`, `[]`, `{}`), so that `{% if dpu.via %}` can ask. Logins and secrets are not shown.
final class TemplateContext {
    /// Names that variables cannot have.
    static final Set<String> RESERVED = Set.of("machine", "host", "pairs", "groups", "loop", "name", "number", "digits", "index");

    private final Inventory inventory;
    private final Map<String, Map<String, Object>> described = new HashMap<>();

    TemplateContext(Inventory inventory) {
        this.inventory = inventory;
    }

    Map<String, Object> of(Machine machine) {
        Machine host = inventory.hostOf(machine).orElse(machine);
        var context = new LinkedHashMap<String, Object>(machine.vars());
        context.put("machine", described(machine));
        context.put("host", described(host));
        context.put("pairs", pairs(host));
        context.put("groups", machine.groups());
        context.put("name", machine.name());
        return context;
    }

    /// A host is seen by itself and by each of its DPUs.
    private Map<String, Object> described(Machine machine) {
        return described.computeIfAbsent(machine.name(), any -> whole(machine));
    }

    private Map<String, Object> whole(Machine machine) {
        var map = plain(machine);
        map.put("dpus", inventory.dpusOf(machine).stream().map(this::plain).toList());
        map.put("cables", cables(machine));
        map.put("places", places(machine));
        map.put("ways", inventory.dpusOf(machine).stream().flatMap(dpu -> dpu.via().stream())
            .map(via -> Map.<String, Object>of("link", via.link().text(), "near", via.near().text())).distinct().toList());
        return map;
    }

    private Map<String, Object> plain(Machine machine) {
        var map = new LinkedHashMap<String, Object>();
        map.put("name", machine.name());
        map.put("kind", machine.kind() == Machine.Kind.HOST ? "host" : "dpu");
        map.put("groups", machine.groups());
        map.put("address", machine.address().orElse(""));
        map.put("host", machine.host().orElse(""));
        map.put("card", machine.card().map(CardSlot::text).orElse(""));
        map.put("mode", machine.mode().map(YamlNames::kebab).orElse(""));
        map.put("via",
            machine.via().map(via -> Map.<String, Object>of("link", via.link().text(), "near", via.near().text(), "far", via.far()))
            .orElse(Map.of()));
        var ports = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < machine.ports().size(); i++) ports.add(port(i, machine.ports().get(i)));
        map.put("ports", ports);
        return map;
    }

    private static Map<String, Object> port(int index, Machine.Port port) {
        var map = new LinkedHashMap<String, Object>();
        map.put("index", (long) index);
        map.put("pci", port.pci().text());
        map.put("address", port.address().map(Cidr::text).orElse(""));
        map.put("on", port.on().map(LinkName::text).orElse(""));
        return map;
    }

    /// Each port by itself, and each bridge or bond once with all addresses that are on it.
    private static List<Map<String, Object>> places(Machine machine) {
        var addresses = new LinkedHashMap<Map.Entry<String, String>, Set<String>>();
        for (Machine.Port port : machine.ports()) {
            var place = Map.entry(port.on().isPresent() ? "" : port.pci().text(), port.on().map(LinkName::text).orElse(""));
            var here = addresses.computeIfAbsent(place, any -> new LinkedHashSet<>());
            port.address().ifPresent(address -> here.add(address.text()));
        }
        var places = new ArrayList<Map<String, Object>>();
        addresses.forEach((place, here) ->
            places.add(Map.of("pci", place.getKey(), "link", place.getValue(), "addresses", List.copyOf(here))));
        return places;
    }

    /// The pairs that this host is an end of.
    private List<Map<String, Object>> pairs(Machine host) {
        return inventory.pairsOf(host).stream().map(pair -> {
            var map = new LinkedHashMap<String, Object>();
            map.put("name", pair.name());
            map.put("first", pair.first());
            map.put("second", pair.second());
            map.put("cables", pair.cables().stream().map(cable -> List.of((long) cable.firstPort(), (long) cable.secondPort())).toList());
            return (Map<String, Object>) map;
        }).toList();
    }

    /// The cables of this host as it sees them: its port, and the peer's.
    private List<Map<String, Object>> cables(Machine host) {
        var cables = new ArrayList<Map<String, Object>>();
        inventory.pairsOf(host).forEach(pair -> {
            boolean first = pair.first().equals(host.name());
            Machine peer = inventory.machines().get(first ? pair.second() : pair.first());
            pair.cables().forEach(cable -> {
                int own = first ? cable.firstPort() : cable.secondPort();
                int other = first ? cable.secondPort() : cable.firstPort();
                cables.add(Map.of("pair", pair.name(), "port", port(own, host.ports().get(own)), "peer", peer.name(), "peer_port",
                    port(other, peer.ports().get(other))));
            });
        });
        return cables;
    }
}
