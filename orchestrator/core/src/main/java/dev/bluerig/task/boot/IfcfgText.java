package dev.bluerig.task.boot;

import dev.bluerig.fact.link.Link;
import dev.bluerig.inventory.Cidr;
import dev.bluerig.task.link.InterfaceSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The RHEL network service's file of one link, edited: keys that are not ours stay (initscripts, sysconfig.txt).
record IfcfgText(InterfaceSpec wanted, Link link) {
    private static final Pattern SETTING = Pattern.compile("([A-Z0-9_]+)=[\"']?(.*?)[\"']?");
    private static final Pattern ADDRESS4 = Pattern.compile("(IPADDR|PREFIX|NETMASK)(\\d*)");
    private static final Set<String> ADDRESS6 = Set.of("IPV6ADDR", "IPV6ADDR_SECONDARIES");

    /// `before` is empty for a new file. Equal to `before` when nothing is missing.
    String edited(String before) {
        var settings = settings(before);
        var addresses = addresses(settings);
        boolean right = addresses.containsAll(wanted.addresses()) && (!wanted.only() || addresses.size() == wanted.addresses().size());
        var fresh = new LinkedHashMap<String, String>();
        if (before.isEmpty()) {
            fresh.put("TYPE", "Ethernet");
            fresh.put(wanted.pci().isPresent() && link.mac().isPresent() ? "HWADDR" : "DEVICE", wanted.pci().flatMap(pci -> link.mac()).orElse(link.name().text()));
            fresh.put("NAME", link.name().text());
        }
        wanted.up().ifPresent(up -> fresh.put("ONBOOT", up ? "yes" : "no"));
        wanted.mtu().ifPresent(mtu -> fresh.put("MTU", mtu.text()));
        if (before.isEmpty() || wanted.only()) fresh.put("BOOTPROTO", "none");
        if (!right) fresh.putAll(addressed(addresses));
        return merged(before, fresh, !right);
    }

    private static Map<String, String> settings(String text) {
        var settings = new LinkedHashMap<String, String>();
        text.lines().map(line -> SETTING.matcher(line.strip())).filter(Matcher::matches).forEach(line -> settings.put(line.group(1), line.group(2)));
        return settings;
    }

    /// Every address that the file gives the link; one with neither prefix nor netmask counts as /32, which differs from any that is wanted.
    private static Set<Cidr> addresses(Map<String, String> settings) {
        var all = new LinkedHashSet<Cidr>();
        settings.forEach((key, value) -> {
            Matcher four = ADDRESS4.matcher(key);
            if (four.matches() && four.group(1).equals("IPADDR") && !value.isEmpty()) all.add(new Cidr(value + "/" + prefix(settings, four.group(2))));
            if (ADDRESS6.contains(key)) List.of(value.split("\\s+")).stream().filter(one -> one.contains("/")).forEach(one -> all.add(new Cidr(one)));
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

    private Map<String, String> addressed(Set<Cidr> found) {
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
    private static String merged(String before, Map<String, String> fresh, boolean readdress) {
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
