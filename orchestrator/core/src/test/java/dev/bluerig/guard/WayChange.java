package dev.bluerig.guard;

import dev.bluerig.inventory.Cidr;
import dev.bluerig.task.diff.Deed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/// Drawn deeds on a drawn machine, the lines by which they are done, and the commands that take them back.
record WayChange(List<Deed> deeds, List<String> ip, List<String> switches, List<String> undo) {
    static WayChange draw(WayWorld world, Random random) {
        var draw = new Drawing(world, random);
        int many = 1 + random.nextInt(3);
        for (int i = 0; i < many; i++) draw.one();
        return new WayChange(draw.deeds, draw.ip, draw.switches, draw.undo);
    }

    private static final class Drawing {
        private final WayWorld world;
        private final Random random;
        private final List<Deed> deeds = new ArrayList<>();
        private final List<String> ip = new ArrayList<>();
        private final List<String> switches = new ArrayList<>();
        private final List<String> undo = new ArrayList<>();
        private final HashMap<String, Boolean> up = new HashMap<>();
        private final HashMap<String, String> ports;
        private final HashMap<String, List<Cidr>> addresses = new HashMap<>();
        private final LinkedHashSet<String> links;

        Drawing(WayWorld world, Random random) {
            this.world = world;
            this.random = random;
            ports = new HashMap<>(world.ports);
            links = new LinkedHashSet<>(world.links());
            world.addresses.forEach((link, held) -> addresses.put(link, new ArrayList<>(held)));
        }

        private <T> T any(Iterable<T> all) {
            var list = new ArrayList<T>();
            all.forEach(list::add);
            return list.get(random.nextInt(list.size()));
        }

        void one() {
            switch (random.nextInt(12)) {
                case 0, 1 -> set(any(links), random.nextInt(3) == 0);
                case 2, 3, 4, 5 -> add(any(links), address());
                case 6, 7 -> links.stream().filter(link -> !addresses.get(link).isEmpty()).findAny().ifPresent(some ->
                    remove(any(links.stream().filter(link -> !addresses.get(link).isEmpty()).toList())));
                case 8, 9 -> leave();
                case 10 -> join();
                default -> delete();
            }
        }

        private void set(String link, boolean up) {
            boolean was = this.up.getOrDefault(link, !world.last.contains("link set " + link + " down"));
            if (was != up) undo.addFirst("ip link set " + link + (was ? " up" : " down"));
            this.up.put(link, up);
            deeds.add(new Deed.SetLink(link, up));
            ip.add("link set " + link + (up ? " up" : " down"));
        }

        private Cidr address() {
            String end = String.valueOf(60 + random.nextInt(100));
            if (world.six) return new Cidr(any(List.of("fd99::" + end + "/64", "fd99::" + end + "/16", "fd98::" + end + "/64", "fd01::"
                + end + "/64",
                "fd01::" + end + "/127", "fd77::" + end + "/64", "fd40::1/64", "fd01::254/128", "192.0.9.1/24")));
            return new Cidr(any(List.of("10.99.0." + end + "/24", "10.99.0." + end + "/32", "10.1.2." + end + "/8", "10.98.0." + end
                + "/24",
                "10.0.0." + end + "/24", "10.0.0." + end + "/25", "10.99.0.2/30", "10.77.0." + end + "/24", "192.0.9.1/24", "fd40::1/64",
                "172.16.0.1/12", "10.0.0.254/32")));
        }

        /// What is a port of a bridge takes no address (`LINK_BELONGS`).
        private void add(String link, Cidr address) {
            if (world.ports.containsKey(link)) return;
            if (addresses.values().stream().flatMap(List::stream).anyMatch(held -> held.address().equals(address.address()))) return;
            deeds.add(new Deed.AddAddress(link, address));
            ip.add("address replace " + address + " dev " + link + (address.isV6() ? " nodad" : ""));
            undo.addFirst("ip address del " + address + " dev " + link);
            addresses.get(link).add(address);
        }

        /// With `ip address del` of one that went along with another the rest of the batch would not be done.
        private void remove(String link) {
            if (addresses.get(link).isEmpty()) return;
            Cidr gone = any(addresses.get(link));
            if (gone.isV6() && world.last.contains("link set " + link + " down")) return;     // it went with the link
            if (deeds.stream().anyMatch(deed -> deed instanceof Deed.RemoveAddress || deed instanceof Deed.SetLink)) return;
            deeds.add(new Deed.RemoveAddress(link, gone));
            ip.add("address del " + gone + " dev " + link);
            undo.addFirst("ip address replace " + gone + " dev " + link);
            addresses.get(link).remove(gone);
        }

        private void leave() {
            if (ports.isEmpty()) return;
            String port = any(ports.keySet().stream().sorted().toList());
            String bridge = ports.remove(port);
            deeds.add(new Deed.LeaveBridge(port, bridge));
            undo.addFirst(world.bridges.contains(bridge) ? "ovs-vsctl --timeout=10 " + port(bridge, port)
                : "ip link set " + port + " master " + bridge);
            if (world.bridges.contains(bridge)) switches.add("del-port " + bridge + " " + port);
            else ip.add("link set " + port + " nomaster");
        }

        private static String port(String bridge, String port) {
            String patch = port.equals("pa") ? "pb" : "pa";
            return "--may-exist add-port " + bridge + " " + port + (port.matches("p[ab]") ? " -- set interface " + port
                + " type=patch options:peer=" + patch : "");
        }

        /// Not the port of the way: a switch in user space leaves it to the kernel, too, as that of the kernel does not.
        private void join() {
            var free = links.stream().filter(link -> !ports.containsKey(link) && link.startsWith("d")).toList();
            if (free.isEmpty() || world.bridges.isEmpty()) return;
            String port = any(free);
            String bridge = any(world.bridges);
            if (deeds.stream().anyMatch(deed -> deed instanceof Deed.DeleteBridge)) return;
            undo.addFirst("ovs-vsctl --timeout=10 --if-exists del-port " + bridge + " " + port);
            ports.put(port, bridge);
            deeds.add(new Deed.JoinBridge(port, bridge));
            switches.add("add-port " + bridge + " " + port);
        }

        private void delete() {
            if (world.bridges.isEmpty() || deeds.stream().anyMatch(deed -> deed instanceof Deed.DeleteBridge)) return;
            String bridge = any(world.bridges);
            if (ip.stream().anyMatch(line -> line.contains(bridge)) || switches.stream().anyMatch(line -> line.contains(bridge))) return;
            deeds.add(new Deed.DeleteBridge(bridge));
            switches.add("del-br " + bridge);
            String again = ports.entrySet().stream().filter(entry -> entry.getValue().equals(bridge)).map(Map.Entry::getKey).sorted()
                .map(port -> " -- " + port(bridge, port)).collect(Collectors.joining());
            undo.addFirst("ovs-vsctl --timeout=10 --may-exist add-br " + bridge + " -- set bridge " + bridge + " datapath_type=netdev"
                + again);
            ports.values().removeIf(bridge::equals);
            links.remove(bridge);
        }
    }
}
