package dev.bluerig.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.bluerig.cases.TaskCases;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.link.Reachability;
import dev.bluerig.inventory.Mtu;
import dev.bluerig.task.diff.Diff;
import dev.bluerig.task.diff.Finding;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ReachTaskTest {
    /// A case whose name starts with `ipv6` has IPv6 cables, one with `two` has both cables, all others the first one alone.
    @TestFactory
    Stream<DynamicTest> cases() {
        return TaskCases.of("reach", one -> SampleMachines.of(one.name()));
    }

    @Test
    void each_host_looks_at_its_own_end_of_the_cable() {
        var reach = new ReachSpec(new PairNames(List.of("all")), new Mtu("9000"));
        assertEquals(List.of("192.0.2.2", "192.0.2.6"), peers(reach, "host-a"));
        assertEquals(List.of("192.0.2.1", "192.0.2.5"), peers(reach, "host-b"));
    }

    @Test
    void the_headers_are_taken_off_the_payload() {
        var reach = new ReachSpec(new PairNames(List.of("bench")), new Mtu("9000"));
        assertEquals(List.of("8972"), sizes(reach, "one"));
        assertEquals(List.of("8952"), sizes(reach, "ipv6"));
    }

    @Test
    void a_machine_in_no_pair_has_nothing_to_reach() {
        var task = assertInstanceOf(ReachTask.class, new ReachSpec(new PairNames(List.of("all")), new Mtu("9000"))
            .on(SampleMachines.at("two", "dpu-a")));
        assertEquals(new Diff.NotApplicable("this machine is in none of the pairs"), task.diff(new Reachability(List.of(), List.of())));
    }

    @Test
    void a_pair_that_is_not_there_is_named() {
        var task = assertInstanceOf(ReachTask.class, new ReachSpec(new PairNames(List.of("bensh")), new Mtu("9000"))
            .on(SampleMachines.of("one")));
        var unmet = assertInstanceOf(Diff.Unmet.class, task.diff(new Reachability(List.of(), List.of())));
        assertEquals(Finding.PAIR_UNKNOWN, unmet.finding());
    }

    private static List<Reachability.Target> targets(ReachSpec reach, MachineContext site) {
        Fact<?> fact = reach.on(site).wants();
        return assertInstanceOf(Reachability.Seen.class, fact).targets();
    }

    private static List<String> peers(ReachSpec reach, String machine) {
        return targets(reach, SampleMachines.at("two", machine)).stream().map(Reachability.Target::peer).toList();
    }

    private static List<String> sizes(ReachSpec reach, String bench) {
        return targets(reach, SampleMachines.of(bench)).stream().map(target -> Integer.toString(target.payload())).toList();
    }
}
