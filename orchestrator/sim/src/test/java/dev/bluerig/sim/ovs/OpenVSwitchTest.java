package dev.bluerig.sim.ovs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.OvsTranscript;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenVSwitchTest {
    /// The model is held to the transcript that a real Open vSwitch plays.
    @Test
    void it_answers_as_the_real_one() {
        var transcript = OvsTranscript.read();
        assertTrue(transcript.steps().size() > 50);
        var machine = new BareMachine(transcript.links());
        assertEquals("", String.join("\n", transcript.differences(command -> machine.run(command.words()))));
    }

    @Test
    void without_the_daemon_a_change_waits_and_a_question_does_not() {
        var machine = new BareMachine(List.of("p0"));
        machine.stopSwitch();
        assertEquals(0, machine.ran("ovs-vsctl", "--timeout=1", "show").status());
        assertEquals(0, machine.ran("ovs-vsctl", "--no-wait", "add-br", "x").status());
        Reply.Ran late = machine.ran("ovs-vsctl", "--timeout=1", "add-br", "y");
        assertEquals(142, late.status());
        assertTrue(late.err().contains("terminating with signal 14 (Alarm clock)"));
        assertEquals("[]\n", machine.ran("ovs-vsctl", "get", "interface", "x", "ofport").out());
        machine.startSwitch();
        assertEquals("65534\n", machine.ran("ovs-vsctl", "get", "interface", "x", "ofport").out());
        assertEquals("x\ny\n", machine.ran("ovs-vsctl", "list-br").out());
    }

    /// Tried with ovs-vsctl 3.1.0 on a database without ovs-vswitchd.
    @Test
    void mistakes_are_told_as_the_real_one_tells_them() {
        var machine = new BareMachine(List.of("p0"));
        machine.ran("ovs-vsctl", "add-br", "br0", "--", "add-port", "br0", "p0", "tag=5");
        told(machine, "ovs-vsctl: cannot delete port br0 because it is the local port for bridge br0 (deleting this port requires"
            + " deleting the entire bridge)", "del-port", "br0");
        told(machine, "ovs-vsctl: cannot create a bridge named p0 because a port named p0 already exists on bridge br0", "add-br", "p0");
        told(machine, "ovs-vsctl: 'add-br' command has no '--bogus' option", "--", "--bogus", "add-br", "q");
        told(machine, "ovs-vsctl: tag: argument does not end in \"=\" followed by a value.", "set", "port", "p0", "tag");
        told(machine, "ovs-vsctl: \"x\" is not a valid integer or range", "set", "port", "p0", "tag=x");
        told(machine, "ovs-vsctl: cannot create a port named br0 because a bridge named br0 already exists", "add-port", "br0", "br0");
        told(machine, "ovs-vsctl: \"nope\" is not a valid UUID", "remove", "bridge", "br0", "ports", "nope");
        told(machine, "ovs-vsctl: 'add-port' command requires at least 2 arguments", "add-port", "br0");
        told(machine, "ovs-vsctl: unknown table \"nosuch\"", "list", "nosuch");
        assertEquals("name                : br0\ntag                 : []\n\nname                : p0\ntag                 : 5\n",
            machine.ran("ovs-vsctl", "--columns=name,tag", "list", "port").out());
    }

    private static void told(BareMachine machine, String message, String... words) {
        var all = new java.util.ArrayList<>(List.of("ovs-vsctl"));
        all.addAll(List.of(words));
        assertEquals(new Reply.Ran(1, "", message + "\n"), machine.run(Command.of(all).words()));
    }
}
