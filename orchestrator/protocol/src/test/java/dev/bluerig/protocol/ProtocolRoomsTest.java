package dev.bluerig.protocol;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import dev.bluerig.cases.Rooms;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The one room of this module (docs/architecture.md).
class ProtocolRoomsTest {
    private static final Rooms ROOMS = Rooms.of("dev.bluerig.", List.of("protocol"));

    @Test
    void a_room_uses_only_rooms_below() {
        ROOMS.areInOrder();
    }

    @Test
    void every_room_is_described_and_small() {
        ROOMS.areDescribedAndSmall();
    }

    /// It goes to hosts; and what it is told is a record that any thread may have.
    @Test
    void it_uses_nothing_but_java() {
        classes().should().onlyDependOnClassesThat().resideInAnyPackage("dev.bluerig.protocol", "java.lang..", "java.util..", "java.time..",
            "java.nio..", "java.net..")
            .check(ROOMS.classes());
        ROOMS.alone("java.lang.foreign..");
        ROOMS.alone("java.util.concurrent..");
    }
}
