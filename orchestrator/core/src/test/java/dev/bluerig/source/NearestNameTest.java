package dev.bluerig.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestNameTest {
    @Test
    void finds_slips_and_refuses_guesses() {
        var known = List.of("address", "addresses", "ports", "mtu", "ovs_bridge");
        assertEquals(Optional.of("address"), NearestName.to("adress", known));
        assertEquals(Optional.of("ports"), NearestName.to("prots", known));
        assertEquals(Optional.of("mtu"), NearestName.to("MTU", known));
        assertEquals(Optional.of("ovs_bridge"), NearestName.to("ovs-bridges", known));
        assertEquals(Optional.empty(), NearestName.to("firmware", known));
    }
}
