package dev.bluerig.lab.namespace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.lab.machine.LabTopology;
import dev.bluerig.lab.machine.SshEndpoint;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Namespaces, links and management addresses of the largest lab are distinct and within what the kernel takes.
final class NamespaceWiringTest {
    private final NamespaceWiring largest = new NamespaceWiring(new LabTopology("0a1b2", LabTopology.MOST_PAIRS), "198.18.7.");

    @Test
    void names_are_distinct_and_short_enough() {
        List<String> namespaces = largest.topology().machines().stream().map(largest::namespace).toList();
        assertEquals(4 * LabTopology.MOST_PAIRS, Set.copyOf(namespaces).size());
        largest.batch().stream().flatMap(line -> links(line).stream()).forEach(link -> assertTrue(link.length() <= 15, link));
        assertTrue(namespaces.stream().allMatch(namespace -> namespace.startsWith("br-0a1b2-")));
    }

    @Test
    void addresses_are_distinct() {
        Set<String> seen = new HashSet<>();
        for (SshEndpoint dial : largest.dials().values()) assertTrue(seen.add(dial.address()), dial.address());
        assertEquals(2 * LabTopology.MOST_PAIRS, seen.size());
        assertTrue(seen.stream().flatMap(text -> Arrays.stream(text.split("[.]"))).allMatch(number -> Integer.parseInt(number) < 256));
    }

    @Test
    void a_directory_keeps_its_id() {
        assertEquals(new NamespaceDirectory(Path.of("/labs/one")).id(), new NamespaceDirectory(Path.of("/labs/../labs/one/")).id());
        assertThrows(IllegalArgumentException.class, () -> new NamespaceWiring(new LabTopology("0a1b2", 1), "198.18.7"));
    }

    private static List<String> links(String line) {
        String[] words = line.split(" ");
        return Stream.iterate(0, i -> i + 1).limit(words.length - 1L).filter(i -> words[i].equals("name")).map(i -> words[i + 1]).toList();
    }
}
