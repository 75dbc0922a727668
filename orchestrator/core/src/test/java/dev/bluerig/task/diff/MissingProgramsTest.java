package dev.bluerig.task.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.bluerig.fact.system.ArpingFamily;
import dev.bluerig.fact.system.InstalledPrograms;
import dev.bluerig.remote.Command;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MissingProgramsTest {
    private static final Remedy PROBE =
        Remedy.of(List.of(ArpingFamily.IPUTILS.nobodyHas("p0", "192.0.2.1"), Command.of("ip", "link", "set", "dev", "p0", "up")),
        List.of(), Set.of(new Touch.Link("p0")));
    private static final Remedy BEHIND = Remedy.of(List.of(Command.of("env", "A=b", "apt-get", "x=y")), List.of(), Set.of());

    private static InstalledPrograms programs(ArpingFamily arping, Map<String, String> others, String... there) {
        return new InstalledPrograms(Set.of("arping", "ip", "env", "apt-get"), Set.of(there), arping, others);
    }

    @Test
    void every_program_that_is_missing_is_named_with_its_package() {
        var unmet = MissingPrograms.of(PROBE, programs(ArpingFamily.MISSING, Map.of())).orElseThrow();
        assertEquals(Finding.PROGRAM_MISSING, unmet.finding());
        assertEquals(List.of(new Change("program arping", "on the machine, for `arping -D -c 2 -w 2 -I p0 192.0.2.1`", "absent"),
            new Change("program ip", "on the machine, for `ip link set dev p0 up`", "absent")), unmet.changes());
        assertEquals("install the package iputils-arping (Debian, Ubuntu) or iputils (RHEL and its kin); install the package iproute2"
            + " (Debian, Ubuntu) or iproute (RHEL and its kin)", unmet.next());
        assertEquals(Optional.empty(), MissingPrograms.of(PROBE, programs(ArpingFamily.IPUTILS, Map.of(), "arping", "ip")));
    }

    @Test
    void the_program_behind_env_counts_too() {
        assertEquals(List.of("program apt-get"), MissingPrograms.of(BEHIND, programs(ArpingFamily.IPUTILS, Map.of(), "env")).orElseThrow()
            .changes().stream().map(Change::what).toList());
        assertEquals(Optional.empty(), MissingPrograms.of(BEHIND, programs(ArpingFamily.IPUTILS, Map.of(), "env", "apt-get")));
    }

    @Test
    void another_program_of_the_name_is_no_promise() {
        var unmet = MissingPrograms.of(PROBE, programs(ArpingFamily.OTHER, Map.of("arping", "ARP pinger 1.0"), "arping", "ip"))
            .orElseThrow();
        assertEquals(Finding.PROGRAM_OTHER, unmet.finding());
        assertEquals("ARP pinger 1.0", unmet.changes().getFirst().found());
    }

    @Test
    void the_probe_is_put_into_the_words_of_the_other_family() {
        var there = programs(ArpingFamily.HABETS, Map.of(), "arping", "ip");
        assertEquals(Optional.empty(), MissingPrograms.of(PROBE, there));
        var spoken = ProgramDialect.of(PROBE, there).commands();
        assertEquals(List.of("arping -0 -c 2 -i p0 192.0.2.1", "ip link set dev p0 up"), spoken.stream().map(Command::line).toList());
        assertEquals(0, spoken.getFirst().judged(1, "2 packets transmitted, 0 packets received, 100% unanswered (0 extra)\n"));
        assertEquals(1, spoken.getFirst().judged(0, "2 packets transmitted, 2 packets received,   0% unanswered (0 extra)\n"));
        assertEquals(1, spoken.getFirst().judged(1, "2 packets transmitted, 10 packets received,   0% unanswered (0 extra)\n"));
        for (ArpingFamily same : List.of(ArpingFamily.IPUTILS, ArpingFamily.BUSYBOX))
            assertEquals(PROBE, ProgramDialect.of(PROBE, programs(same, Map.of(), "arping", "ip")));
    }

    /// The exit statuses of iputils: s20190709 after every probe, later ones when no probe could be sent, and what a duplicate prints
    /// everywhere.
    @Test
    void what_arping_prints_decides_and_not_its_exit() {
        Command probe = PROBE.commands().getFirst();
        String free = "ARPING 192.0.2.1 from 0.0.0.0 p0\nSent %d probes (%1$d broadcast(s))\nReceived 0 response(s)\n";
        assertEquals(0, probe.judged(1, free.formatted(2)), "s20190709: exit 1, nobody has it");
        assertEquals(0, probe.judged(1, free.formatted(0)), "s20200821 to 20221126 on a link that took no probe");
        assertEquals(0, probe.judged(0, free.formatted(3)));
        assertFalse(probe.judged(1, "Unicast reply from 192.0.2.1 [E2:4B:1D:5F:0B:B2]  0.5ms\nSent 1 probes (1 broadcast(s))\nReceived"
            + " 1 response(s)\n") == 0);
        assertFalse(probe.judged(0, "Unicast reply from 192.0.2.1 [E2:4B:1D:5F:0B:B2]  0.5ms\nReceived 1 response(s)\n") == 0,
            "an exit of 0 does not hide a duplicate");
        assertEquals(2, probe.judged(2, ""), "arping: Interface \"p0\" is down");
    }
}
