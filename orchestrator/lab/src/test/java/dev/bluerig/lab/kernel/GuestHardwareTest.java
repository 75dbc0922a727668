package dev.bluerig.lab.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.lab.machine.LabMachine;
import dev.bluerig.lab.machine.LabTopology;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Links of the kernel lab: every one has a name and an address of its own, and is there once, whether one guest holds the pair or two.
final class GuestHardwareTest {
    private static final LabTopology PAIR = new LabTopology("0a1b2", 1);

    @Test
    void every_link_has_an_address_of_its_own_at_every_boot() {
        var hardware = new GuestHardware(PAIR, 0, 1);
        Set<String> seen = new HashSet<>();
        Stream<String> lines = Stream.concat(hardware.batch().stream(),
            hardware.machines().stream().flatMap(machine -> hardware.inside(machine).stream()));
        lines.forEach(line -> {
            List<String> words = List.of(line.split(" "));
            for (int i = 0; i < words.size(); i++) {
                if (words.get(i).equals("address")) assertTrue(seen.add(words.get(i + 1)), line);
                if (words.get(i).equals("name")) assertTrue(words.get(i + 1).length() <= 15, line);
            }
            if (line.contains("type veth"))
                assertEquals(line.contains("mgmt-") ? 1 : 2, words.stream().filter("address"::equals).count(), line);
        });
        assertTrue(seen.contains(PAIR.mac(1, 1)), "what mlxfwmanager says");
    }

    @Test
    void two_guests_hold_what_one_holds() {
        var one = new GuestHardware(PAIR, 0, 1);
        var parts = new ArrayList<String>();
        var machines = new ArrayList<LabMachine>();
        for (int guest = 0; guest < 2; guest++) {
            var part = new GuestHardware(PAIR, guest, 2);
            parts.addAll(part.batch());
            machines.addAll(part.machines());
        }
        var joined = one.batch().stream().filter(line -> line.contains("name p0 ") || line.contains("name p1 ")).toList();
        assertEquals(2, joined.size());
        assertEquals(Set.copyOf(one.batch()), Stream.concat(parts.stream(), joined.stream()).collect(Collectors.toSet()));
        assertEquals(Set.copyOf(one.machines()), Set.copyOf(machines));
        assertEquals(List.of(), one.uplinks());
        for (var part : List.of(new GuestHardware(PAIR, 0, 2), new GuestHardware(PAIR, 1, 2))) for (var uplink : part.uplinks())
            assertTrue(joined.stream()
                .anyMatch(line -> line.contains("name " + uplink.link() + " address " + uplink.address() + " netns " + uplink.machine())),
                uplink.toString());
        assertEquals(List.of("dpu-b", "dpu-b"), new GuestHardware(PAIR, 1, 2).uplinks().stream().map(GuestHardware.Uplink::machine)
            .toList());
        assertEquals(List.of(1), new GuestHardware(PAIR, 1, 2).ends());
        assertFalse(new GuestHardware(PAIR, 1, 2).batch().toString().contains("host-a"));
    }

    @Test
    void a_host_is_where_qemu_forwards_to() {
        assertEquals("10.0.2.17/24 10.0.2.2", GuestHardware.management(PAIR.machines().get(1)));
    }

    @Test
    void one_pair_only() {
        assertThrows(IllegalArgumentException.class, () -> new GuestHardware(new LabTopology("0a1b2", 2), 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new GuestHardware(PAIR, 2, 2));
    }
}
