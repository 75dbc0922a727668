package dev.bluerig.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestTest {
    @Test
    void findsSlipsAndRefusesGuesses() {
        var known = List.of("address", "addresses", "ports", "mtu", "ovs_bridge");
        assertEquals(Optional.of("address"), Nearest.to("adress", known));
        assertEquals(Optional.of("ports"), Nearest.to("prots", known));
        assertEquals(Optional.of("mtu"), Nearest.to("MTU", known));
        assertEquals(Optional.of("ovs_bridge"), Nearest.to("ovs-bridges", known));
        assertEquals(Optional.empty(), Nearest.to("firmware", known));
    }
}
