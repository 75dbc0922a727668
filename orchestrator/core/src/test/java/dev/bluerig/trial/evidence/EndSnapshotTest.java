package dev.bluerig.trial.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.FakeMachine;
import dev.bluerig.fact.Facts;
import dev.bluerig.fact.Reading;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Unreachable;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndSnapshotTest {
    private static List<Reading<?>> parts(EndSnapshot end) {
        return List.of(end.tls(), end.nic(), end.flags(), end.carrier(), end.route(), end.retransmits(), end.sockets());
    }

    @Test
    void each_part_may_be_unknown_and_says_why() throws Unreachable {
        var facts = new Facts(new FakeMachine(command -> command.words().getFirst().equals("cat")
            ? new Reply.Ran(0, "TlsTxDevice 7\n", "") : new Reply.Ran(1, "", "not here")));
        EndSnapshot end = EndSnapshot.read(facts.see(EndSnapshot.of(new LinkName("ens1f0np0"), "192.0.2.2")));
        assertEquals(7, end.tls().ifKnown().orElseThrow().of("TlsTxDevice").orElseThrow());
        assertTrue(Readings.why(end.flags()).contains("not here"), end.toString());
        assertTrue(Readings.why(end.carrier()).contains("not here"), end.toString());
    }

    @Test
    void a_machine_that_was_lost_tells_nothing() {
        for (Reading<?> part : parts(EndSnapshot.read(Reading.unknown("lost: no answer"))))
            assertEquals(Reading.unknown("lost: no answer"), part);
    }
}
