package dev.bluerig.sim;

import dev.bluerig.cases.Rooms;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The order of this module's rooms (docs/architecture.md).
class SimRoomsTest {
    private static final Rooms ROOMS = Rooms.of("dev.bluerig.",
        List.of("sim.net", "sim.ovs", "sim.machine", "sim.tool", "sim.agent", "sim.shell", "sim.server", "sim"));

    @Test
    void a_room_uses_only_rooms_below() {
        ROOMS.areInOrder();
    }

    @Test
    void every_room_is_described_and_small() {
        ROOMS.areDescribedAndSmall();
    }

    @Test
    void each_library_has_its_rooms() {
        ROOMS.alone("org.apache.sshd..", "sim.server", "sim");
        ROOMS.alone("dev.bluerig.ktls..", "sim.agent");
        ROOMS.alone("java.lang.foreign..");
    }
}
