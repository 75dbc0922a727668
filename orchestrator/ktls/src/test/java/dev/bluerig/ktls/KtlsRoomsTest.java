package dev.bluerig.ktls;

import dev.bluerig.cases.Rooms;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The order of this module's rooms (docs/architecture.md).
class KtlsRoomsTest {
    private static final Rooms ROOMS = Rooms.of("dev.bluerig.",
        List.of("ktls", "ktls.linux", "ktls.secure", "ktls.agent", "ktls.launch"));

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
        ROOMS.alone("java.lang.foreign..", "ktls.linux");
        ROOMS.alone("org.bouncycastle..", "ktls.secure");
    }
}
