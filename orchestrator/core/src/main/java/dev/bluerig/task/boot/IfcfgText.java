package dev.bluerig.task.boot;

import dev.bluerig.inventory.Cidr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The RHEL network service's file of one link, edited: keys that are not ours stay (initscripts, sysconfig.txt). `before` is empty
/// for a new one.
record IfcfgText(String before) {
    private static final Pattern SETTING = Pattern.compile("([A-Z0-9_]+)=[\"']?(.*?)[\"']?");
    private static final Pattern ADDRESS4 = Pattern.compile("(IPADDR|PREFIX|NETMASK)(\\d*)");
    private static final Set<String> ADDRESS6 = Set.of("IPV6ADDR", "IPV6ADDR_SECONDARIES");
    private static final Pattern OPTIONS = Pattern.compile("ETHTOOL_OPTS=[\"']?(.*?)[\"']?");

    /// Several sets of options stand in one setting, separated by semicolons; those about something else stay. Equal to `before` when
    /// nothing is missing.
    String with(EthtoolWords words) {
        String set = words.options("${DEVICE}");
        var lines = new ArrayList<String>();
        var sets = new ArrayList<String>();
        for (String line : before.lines().toList()) {
            Matcher options = OPTIONS.matcher(line.strip());
            if (options.matches()) List.of(options.group(1).split(";")).forEach(one -> sets.add(one.strip()));
            else lines.add(line);
        }
        if (sets.contains(set)) return before;
        sets.removeIf(one -> one.isEmpty() || words.isReplacing(one));
        sets.add(set);
        lines.add("ETHTOOL_OPTS=\"" + String.join("; ", sets) + '"');
        return String.join("\n", lines) + "\n";
    }

    /// Addresses, MTU and state. Equal to `before` when nothing is missing.
    String with(BootSettings wanted) {
        String name = wanted.link().name().text();
        var settings = settings();
        var addresses = addresses(settings);
        boolean right = addresses.containsAll(wanted.addresses()) && (!wanted.only() || addresses.size() == wanted.addresses().size());
        var fresh = new LinkedHashMap<String, String>();
        if (before.isEmpty()) {
            fresh.put("TYPE", "Ethernet");
            fresh.put(wanted.mac().isPresent() ? "HWADDR" : "DEVICE", wanted.mac().orElse(name));
            fresh.put("NAME", name);
        }
        wanted.up().ifPresent(up -> fresh.put("ONBOOT", up ? "yes" : "no"));
        wanted.mtu().ifPresent(mtu -> fresh.put("MTU", mtu.text()));
        if (before.isEmpty() || wanted.only()) fresh.put("BOOTPROTO", "none");
        if (!right) fresh.putAll(addressed(wanted, addresses));
        return merged(fresh, !right);
    }

    private Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        before.lines().map(line -> SETTING.matcher(line.strip())).filter(Matcher::matches)
            .forEach(line -> settings.put(line.group(1), line.group(2)));
        return settings;
    }

    /// Every address that the file gives the link; one with neither prefix nor netmask counts as /32, which differs from any that is
    /// wanted.
    private static Set<Cidr> addresses(Map<String, String> settings) {
        var all = new LinkedHashSet<Cidr>();
        settings.forEach((key, value) -> {
            Matcher four = ADDRESS4.matcher(key);
            if (four.matches() && four.group(1).equals("IPADDR") && !value.isEmpty())
                all.add(new Cidr(value + "/" + prefix(settings, four.group(2))));
            if (ADDRESS6.contains(key))
                List.of(value.split("\\s+")).stream().filter(one -> one.contains("/")).forEach(one -> all.add(new Cidr(one)));
        });
        return all;
    }

    private static String prefix(Map<String, String> settings, String index) {
        if (settings.containsKey("PREFIX" + index)) return settings.get("PREFIX" + index);
        String[] mask = settings.getOrDefault("NETMASK" + index, "255.255.255.255").split("\\.");
        int bits = 0;
        for (String octet : mask) bits += Integer.bitCount(Integer.parseInt(octet));
        return Integer.toString(bits);
    }

    private static Map<String, String> addressed(BootSettings wanted, Set<Cidr> found) {
        var all = new LinkedHashSet<>(wanted.only() ? Set.<Cidr>of() : found);
        all.addAll(wanted.addresses());
        var settings = new LinkedHashMap<String, String>();
        var six = new ArrayList<String>();
        int index = 0;
        for (Cidr address : all) {
            if (address.isV6()) {
                six.add(address.text());
                continue;
            }
            String number = index++ == 0 ? "" : Integer.toString(index - 1);
            settings.put("IPADDR" + number, address.address());
            settings.put("PREFIX" + number, Integer.toString(address.prefix()));
        }
        if (!six.isEmpty()) settings.put("IPV6INIT", "yes");
        if (!six.isEmpty()) settings.put("IPV6ADDR", six.getFirst());
        if (six.size() > 1) settings.put("IPV6ADDR_SECONDARIES", '"' + String.join(" ", six.subList(1, six.size())) + '"');
        return settings;
    }

    /// Each line where it stood; a changed setting in its place, a new one at the end. `readdress`: old address lines go.
    private String merged(Map<String, String> fresh, boolean readdress) {
        var left = new LinkedHashMap<>(fresh);
        var text = new StringBuilder();
        for (String line : before.lines().toList()) {
            Matcher setting = SETTING.matcher(line.strip());
            String key = setting.matches() ? setting.group(1) : "";
            String value = left.remove(key);
            boolean gone = value == null && readdress && (ADDRESS4.matcher(key).matches() || ADDRESS6.contains(key));
            if (gone) continue;
            text.append(value == null || value.equals(setting.group(2)) ? line : key + "=" + value).append('\n');
        }
        left.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        return text.toString();
    }
}
