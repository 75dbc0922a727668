package dev.bluerig.fact.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bluerig.cases.FakeMachine;
import dev.bluerig.fact.Facts;
import dev.bluerig.fact.Reading;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Unreachable;
import org.junit.jupiter.api.Test;

class DpuPathTest {
    private static String seen(Reply.Ran ping) throws Unreachable {
        var question = new DpuPath.Seen(new LinkName("tmfifo_net0"), "192.168.100.2");
        var facts = new Facts(new FakeMachine(command -> switch (command.words().getFirst()) {
            case "ping" -> ping;
            case "ip" -> new Reply.Ran(0, "[]", "");
            default -> new Reply.Ran(2, "", "");
        }));
        facts.ask(question.questions());
        return ((Reading.Known<DpuPath>) facts.get(question)).value().text(new LinkName("tmfifo_net0"), "192.168.100.2");
    }

    @Test
    void only_a_ping_that_could_tell_calls_it_silent() throws Unreachable {
        String rest = "; rshim shows no DPU";
        String none = "tmfifo_net0 does not exist; 192.168.100.2 ";
        assertEquals(none + "answers ping" + rest, seen(new Reply.Ran(0, "2 packets transmitted, 2 received", "")));
        assertEquals(none + "does not answer ping" + rest, seen(new Reply.Ran(1, "2 packets transmitted, 0 received", "")));
        assertEquals(none + "does not answer ping" + rest, seen(new Reply.Ran(2, "", "ping: connect: Network is unreachable\n")));
        assertEquals(none + "could not be pinged" + rest, seen(new Reply.Ran(127, "", "sh: 1: ping: not found\n")));
        assertEquals(none + "could not be pinged" + rest, seen(new Reply.Ran(1, "", "ping: Unknown option 'n' (see \"ping --help\")\n")));
    }
}
