package dev.bluerig.lab.namespace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Names and addresses of the largest lab are distinct and within what the kernel takes.
final class TopologyTest {
    private final Topology largest = new Topology("0a1b2", "198.18.7.", Topology.MOST_PAIRS);

    @Test
    void namesAreDistinctAndShortEnough() {
        List<LabMachine> machines = largest.machines();
        assertEquals(4 * Topology.MOST_PAIRS, machines.stream().map(LabMachine::namespace).distinct().count());
        largest.batch().stream().flatMap(line -> links(line).stream()).forEach(link -> assertTrue(link.length() <= 15, link));
        assertTrue(machines.stream().allMatch(machine -> machine.namespace().startsWith("br-0a1b2-")));
    }

    @Test
    void addressesAreDistinct() {
        Set<String> seen = new HashSet<>();
        for (LabMachine machine : largest.machines()) if (machine.kind() == LabMachine.Kind.HOST) assertTrue(seen.add(machine.address()), machine.address());
        for (int end = 0; end < 2 * Topology.MOST_PAIRS; end++)
            for (int port = 0; port < 2; port++) {
                assertTrue(seen.add(Topology.dataAddress(end, port)), Topology.dataAddress(end, port));
                assertTrue(seen.add(largest.mac(end, port)), largest.mac(end, port));
            }
        assertTrue(seen.stream().filter(text -> text.contains(".")).flatMap(text -> Arrays.stream(text.split("[./]"))).allMatch(number -> Integer.parseInt(number) < 256));
    }

    @Test
    void endsOfACableAreInOneSubnet() {
        assertEquals("192.0.2.1/30", Topology.dataAddress(0, 0));
        assertEquals("192.0.2.2/30", Topology.dataAddress(1, 0));
        assertEquals("192.0.2.5/30", Topology.dataAddress(0, 1));
        assertEquals("192.0.2.14/30", Topology.dataAddress(3, 1));
    }

    @Test
    void onePairHasTheNamesOfTheBench() {
        var one = new Topology("0a1b2", "198.18.7.", 1);
        assertEquals(List.of("host-a", "host-b", "dpu-a", "dpu-b"), one.machines().stream().map(LabMachine::name).toList());
        assertEquals(List.of("host-001", "host-002"), largest.machines().stream().map(LabMachine::name).limit(2).toList());
    }

    @Test
    void aDirectoryKeepsItsId() {
        assertEquals(new LabDirectory(Path.of("/labs/one")).id(), new LabDirectory(Path.of("/labs/../labs/one/")).id());
        assertThrows(IllegalArgumentException.class, () -> new Topology("0a1b2", "198.18.7.", 0));
    }

    private static List<String> links(String line) {
        String[] words = line.split(" ");
        return Stream.iterate(0, i -> i + 1).limit(words.length - 1L).filter(i -> words[i].equals("name")).map(i -> words[i + 1]).toList();
    }
}
