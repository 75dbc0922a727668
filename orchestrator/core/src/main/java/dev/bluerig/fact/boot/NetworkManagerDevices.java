package dev.bluerig.fact.boot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What `nmcli -t` prints. In a table a colon inside a field is `\:` (man nmcli, --escape); beside a field's name nothing is escaped (tried
/// with 1.42.4).
record NetworkManagerDevices(Map<String, Optional<String>> profiles) {
    static final String FIELDS = "connection.uuid,connection.id,connection.interface-name,connection.autoconnect,connection.autoconnec"
        + "t-priority,connection.multi-connect,match,"
        + "802-3-ethernet.mtu,802-3-ethernet.mac-address,ipv4.method,ipv4.addresses,ipv6.method,ipv6.addresses,ethtool";

    /// `DEVICE:STATE:UUID:NAME`. `unmanaged` devices, and those that it only watches (`connected (externally)`), are not NetworkManager's.
    static NetworkManagerDevices parse(String text) {
        var profiles = new TreeMap<String, Optional<String>>();
        for (String line : text.lines().toList()) {
            List<String> fields = fields(line);
            if (fields.size() < 4 || fields.get(1).equals("unmanaged") || fields.get(1).contains("externally")) continue;
            String uuid = fields.get(2);
            profiles.put(fields.getFirst(), isUuid(uuid) ? Optional.of(uuid) : Optional.empty());
        }
        return new NetworkManagerDevices(profiles);
    }

    /// Of the profiles in use, then of all others for Ethernet: `UUID:TYPE` a line.
    List<String> uuids(String profiles) {
        var uuids = new LinkedHashSet<String>();
        this.profiles.values().forEach(uuid -> uuid.ifPresent(uuids::add));
        if (this.profiles.isEmpty()) return List.of();
        profiles.lines().map(NetworkManagerDevices::fields)
            .filter(fields -> fields.size() > 1 && fields.get(1).contains("ethernet") && isUuid(fields.getFirst()))
            .forEach(fields -> uuids.add(fields.getFirst()));
        return List.copyOf(uuids);
    }

    private static boolean isUuid(String text) {
        return text.matches("[0-9a-fA-F-]{36}");
    }

    Map<String, BootOwner.NetworkManager> with(Map<String, BootOwner.Connection> connections) {
        var devices = new TreeMap<String, BootOwner.NetworkManager>();
        profiles.forEach((name, uuid) -> {
            boolean shared = uuid.isPresent() && profiles.values().stream().filter(uuid::equals).count() > 1;
            var others = connections.values().stream().filter(other -> other.autoconnect() && uuid.filter(other.uuid()::equals).isEmpty())
                .toList();
            devices.put(name, new BootOwner.NetworkManager(uuid.map(connections::get), shared, others));
        });
        return devices;
    }

    /// `field:value` lines; each connection starts with its uuid. A multi-valued field stands on one line, or on `field[1]`, `field[2]`.
    static Map<String, BootOwner.Connection> connections(String text) {
        var all = new LinkedHashMap<String, BootOwner.Connection>();
        Map<String, String> one = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            int colon = line.indexOf(':');
            if (colon < 0) continue;
            String field = line.substring(0, colon).replaceAll("\\[\\d+]$", "");
            String value = line.substring(colon + 1);
            if (field.equals("connection.uuid") && !one.isEmpty()) {
                add(all, one);
                one = new LinkedHashMap<>();
            }
            if (!value.isEmpty() && !value.equals("--")) one.merge(field, value, (first, second) -> first + "," + second);
        }
        add(all, one);
        return all;
    }

    private static void add(Map<String, BootOwner.Connection> all, Map<String, String> fields) {
        String uuid = fields.get("connection.uuid");
        if (uuid == null) throw new IllegalArgumentException("a connection without uuid");
        var ethtool = new TreeMap<String, String>();
        fields.forEach((field, value) -> {
            if (field.startsWith("ethtool.")) ethtool.put(field, value);
        });
        String mtu = fields.getOrDefault("802-3-ethernet.mtu", "auto");
        all.put(uuid,
            new BootOwner.Connection(uuid, fields.getOrDefault("connection.id", uuid), fields.getOrDefault("connection.interface-name", ""),
            fields.getOrDefault("802-3-ethernet.mac-address", ""), fields.keySet().stream().anyMatch(field -> field.startsWith("match.")),
            List.of("2", "3").contains(fields.getOrDefault("connection.multi-connect", "0").split(" ")[0]),
            !fields.getOrDefault("connection.autoconnect", "yes").equals("no"),
            number(fields.getOrDefault("connection.autoconnect-priority", "0")), mtu.equals("auto") || mtu.equals("0") ? "" : mtu,
            fields.getOrDefault("ipv4.method", "auto"), list(fields, "ipv4.addresses"), fields.getOrDefault("ipv6.method", "auto"),
            list(fields, "ipv6.addresses"), ethtool));
    }

    /// From -999 to 999 (nm-settings(5)).
    private static int number(String text) {
        if (!text.matches("-?\\d{1,3}")) throw new IllegalArgumentException("no priority: " + text);
        return Integer.parseInt(text);
    }

    private static List<String> list(Map<String, String> fields, String field) {
        return Arrays.stream(fields.getOrDefault(field, "").split("[,\\s]+")).filter(item -> !item.isEmpty()).toList();
    }

    private static List<String> fields(String line) {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) field.append(line.charAt(++i));
            else if (c == ':') {
                fields.add(field.toString());
                field.setLength(0);
            } else field.append(c);
        }
        fields.add(field.toString());
        return fields;
    }
}
