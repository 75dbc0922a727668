package dev.bluerig.bench;

import com.tngtech.archunit.base.DescribedPredicate;
import dev.bluerig.cases.Rooms;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The order of this module's rooms (docs/architecture.md).
class BenchRoomsTest {
    private static final Rooms ALL = Rooms.of("dev.bluerig.", List.of("bench.measure", "bench.fleet", "bench.job", "bench.parts",
        "bench.start", "bench.scale", "bench.path", "bench"));
    /// But for the classes that JMH writes around a benchmark.
    private static final Rooms ROOMS = new Rooms(ALL.upwards(), ALL.classes().that(DescribedPredicate.describe("are written by us",
        one -> !one.getPackageName().endsWith(".jmh_generated"))));

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
        ROOMS.alone("java.lang.foreign..");
        ROOMS.alone("org.openjdk.jmh..", "bench.parts");
    }
}
