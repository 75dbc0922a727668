package dev.bluerig.fact.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Our merging of netplan's files against netplan's own: drawn sets of files, made into those of systemd-networkd and udev by both.
@NeedsLab({"netplan"})
class NetplanOnRealProgramTest {
    private static final int SETS = 150;
    private static final Set<String> LOOKED_AT =
        Set.of("Link.MTUBytes", "Link.ActivationPolicy", "Link.Name", "Network.DHCP", "Network.LinkLocalAddressing", "Network.Address",
        "Network.IPv6AcceptRA", "Network.Bond", "Network.Bridge", "Network.VRF");

    @TempDir
    Path root;

    @Test
    void both_make_the_same_files() throws Exception {
        String generator = Stream.of("/usr/libexec/netplan/generate", "/usr/lib/netplan/generate", "/lib/netplan/generate")
            .filter(path -> Files.exists(Path.of(path))).findFirst().orElseThrow();
        int taken = 0;
        for (int seed = 0; seed < SETS; seed++) {
            Path machine = root.resolve("m" + seed);
            var files = new Drawn(new Random(seed)).files();
            for (var file : files.entrySet()) write(machine.resolve(file.getKey().substring(1)), file.getValue());
            Process process = new ProcessBuilder(generator, "--root-dir", machine.toString()).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) continue;
            taken++;
            assertEquals(real(machine), ours(files), () -> "files:\n" + files + "\nnetplan said:\n" + said);
        }
        assertTrue(taken > SETS / 3, "netplan took only " + taken + " of " + SETS);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static Map<String, Map<String, Set<String>>> real(Path machine) throws IOException {
        Path directory = machine.resolve("run/systemd/network");
        if (!Files.isDirectory(directory)) return Map.of();
        var made = new TreeMap<String, Map<String, Set<String>>>();
        try (var paths = Files.list(directory)) {
            for (Path path : paths.filter(one -> one.toString().matches(".*\\.(network|link)")).toList())
                made.put(path.getFileName().toString(), shown(NetworkFile.parse(path.toString(), Files.readString(path))));
        }
        return made;
    }

    private static Map<String, Map<String, Set<String>>> ours(Map<String, String> files) {
        return NetplanDefinition.merged(NetplanFiles.read(files)).stream()
            .flatMap(definition -> Stream.of(definition.network(), definition.link())).flatMap(file -> file.stream())
            .collect(Collectors.toMap(NetworkFile::name, NetplanOnRealProgramTest::shown, (first, second) -> second, TreeMap::new));
    }

    private static Map<String, Set<String>> shown(NetworkFile file) {
        return file.keys().keySet().stream().filter(key -> key.startsWith("Match.") || LOOKED_AT.contains(key))
            .collect(Collectors.toMap(Function.identity(), key -> new TreeSet<>(file.all(key)), (a, b) -> a, TreeMap::new));
    }

    /// One to four files in three directories, names that hide each other, ids that meet in several files, keys twice, anchors.
    private record Drawn(Random random) {
        Map<String, String> files() {
            var files = new TreeMap<String, String>();
            for (int i = random.nextInt(1, 5); i > 0; i--)
                files.put(one("/lib/netplan/", "/etc/netplan/", "/etc/netplan/", "/run/netplan/")
                    + one("00-a.yaml", "50-b.yaml", "60-bluerig-x.yaml", "99-c.yaml", "100-d.yaml"), file());
            return files;
        }

        private String file() {
            if (chance(20)) return one("", "# nothing\n", "network: {version: 2}\n");
            var text = new StringBuilder("network:\n  version: 2\n");
            if (chance(4)) text.append("  renderer: ").append(one("networkd", "NetworkManager")).append('\n');
            for (int block = chance(4) ? 2 : 1; block > 0; block--) {
                text.append("  ethernets:\n");
                if (chance(8)) text.append("    renderer: ").append(one("networkd", "NetworkManager")).append('\n');
                for (String id : some("ens1", "ens2", "all-en", "0-bluerig-x", "X_y.z")) device(id, text);
            }
            if (chance(2)) text.append("  ethernets: {ens1: {}, ens2: {dhcp6: false}}\n");
            if (chance(5))
                text.append("  bonds:\n    bond0: {interfaces: [").append(one("ens1", "ens2")).append("], addresses: [10.9.0.1/24]}\n");
            if (chance(5))
                text.append("  bridges:\n    br0:\n      interfaces: [").append(one("ens1", "ens2")).append("]\n      dhcp4: true\n");
            if (chance(10)) text.append("---\nnetwork: {ethernets: {ghost: {dhcp4: true}}}\n");
            return text.toString();
        }

        private void device(String id, StringBuilder text) {
            text.append("    ").append(one(id, '"' + id + '"')).append(":").append(chance(6) ? " !!map" : "")
                .append(chance(6) ? " &" + id.replaceAll("[^a-z]", "") + random.nextInt(1000) : "").append('\n');
            text.append("      optional: ").append(one("true", "no")).append('\n');
            var lines =
                new ArrayList<>(List.of("mtu: " + one("1500", "9000", "9216"), "dhcp4: " + one("true", "yes", "off", "n", "False"),
                "dhcp6: " + one("on", "false"), "accept-ra: " + one("true", "no"),
                "addresses: [" + one("192.0.2.1/30", "\"fd00::1/64\", 192.0.2.9/30") + "]",
                "addresses:\n      - " + one("198.51.100.1/24", "192.0.2.1/30"), "link-local: " + one("[]", "[ipv4]", "[ipv4, ipv6]"),
                "activation-mode: " + one("manual", "off"), "renderer: " + one("networkd", "NetworkManager"),
                "wakeonlan: " + one("true", "false"), "mtu: 1400", "ignore-carrier: true"));
            if (id.startsWith("ens")) lines.add("match: {name: " + id + "}");
            else text.append("      match: ")
                .append(one("{name: \"en*\"}", "{macaddress: \"b8:3f:d2:00:00:04\"}", "{driver: mlx5_core}",
                "{driver: [mlx5_core, \"e1000*\"]}", "{name: \"*\", macaddress: \"b8:3f:d2:00:00:04\"}")).append('\n');
            if (chance(4) && !id.startsWith("ens")) text.append("      set-name: ").append(one("ens7", "lan0")).append('\n');
            lines.removeIf(line -> !chance(5));
            lines.forEach(line -> text.append("      ").append(line).append('\n'));
        }

        private boolean chance(int of) {
            return random.nextInt(of) == 0;
        }

        private String one(String... choices) {
            return choices[random.nextInt(choices.length)];
        }

        private List<String> some(String... choices) {
            var some = new ArrayList<>(List.of(choices));
            some.removeIf(choice -> !chance(2));
            return some.isEmpty() ? List.of(choices[0]) : some;
        }
    }
}
