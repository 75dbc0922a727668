package dev.bluerig.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.remote.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

class OvsTranscriptTest {
    @Test
    @NeedsLab(value = {"ovs-vsctl", "ovsdb-server", "ovs-vswitchd", "ip"}, root = true)
    void the_real_one_answers_so() {
        var transcript = OvsTranscript.read();
        try (var ovs = RealOvs.with(transcript.links().toArray(String[]::new))) {
            assertEquals(List.of(), transcript.differences(ovs::reply));
        }
    }

    @Test
    void a_switch_that_answers_otherwise_is_found() {
        var transcript = OvsTranscript.read();
        assertTrue(transcript.steps().size() > 50, "the transcript was read");
        var deaf = transcript.differences(command -> new Reply.Ran(0, "", ""));
        assertTrue(deaf.size() > 40, deaf.size() + " differences");
    }

    @Test
    void order_and_uuids_do_not_matter() {
        String one = "{\"data\":[[[\"uuid\",\"e28c2164-d00c-41d0-8f31-e66cfdb0a333\"],\"b,]\"],[[\"uuid\",\"UUID\"],\"a\\\"[\"]],\"hea"
            + "dings\":[\"_uuid\",\"name\"]}\n";
        String other = "{\"data\":[[[\"uuid\",\"UUID\"],\"a\\\"[\"],[[\"uuid\",\"00000000-d00c-41d0-8f31-e66cfdb0a333\"],\"b,]\"]],\"h"
            + "eadings\":[\"_uuid\",\"name\"]}\n";
        assertEquals(OvsTranscript.written("list", new Reply.Ran(0, other, "")), OvsTranscript.written("list", new Reply.Ran(0, one, "")));
    }
}
