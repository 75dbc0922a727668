package dev.bluerig.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.bluerig.cases.TaskCases;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Reachability;
import dev.bluerig.inventory.Mtu;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ReachTest {
    /// A case whose name starts with `ipv6` has IPv6 cables, one with `two` has both cables, all others the first one alone.
    @TestFactory
    Stream<DynamicTest> cases() {
        return TaskCases.of("reach", one -> Bench.of(one.name()));
    }

    @Test
    void eachHostLooksAtItsOwnEndOfTheCable() {
        var reach = new Reach(new PairNames(List.of("all")), new Mtu("9000"));
        assertEquals(List.of("192.0.2.2", "192.0.2.6"), peers(reach, "host-a"));
        assertEquals(List.of("192.0.2.1", "192.0.2.5"), peers(reach, "host-b"));
    }

    @Test
    void theHeadersAreTakenOffThePayload() {
        var reach = new Reach(new PairNames(List.of("bench")), new Mtu("9000"));
        assertEquals(List.of("8972"), sizes(reach, "one"));
        assertEquals(List.of("8952"), sizes(reach, "ipv6"));
    }

    @Test
    void aMachineInNoPairHasNothingToReach() {
        var task = assertInstanceOf(Reachable.class, new Reach(new PairNames(List.of("all")), new Mtu("9000")).on(Bench.at("two", "dpu-a")));
        assertEquals(new Diff.NotApplicable("this machine is in none of the pairs"), task.diff(new Reachability(List.of(), List.of())));
    }

    @Test
    void aPairThatIsNotThereIsNamed() {
        var task = assertInstanceOf(Reachable.class, new Reach(new PairNames(List.of("bensh")), new Mtu("9000")).on(Bench.of("one")));
        var unmet = assertInstanceOf(Diff.Unmet.class, task.diff(new Reachability(List.of(), List.of())));
        assertEquals(Finding.PAIR_UNKNOWN, unmet.finding());
    }

    private static List<Reachability.Target> targets(Reach reach, Site site) {
        Fact<?> fact = reach.on(site).wants();
        return assertInstanceOf(Reachability.Seen.class, fact).targets();
    }

    private static List<String> peers(Reach reach, String machine) {
        return targets(reach, Bench.at("two", machine)).stream().map(Reachability.Target::peer).toList();
    }

    private static List<String> sizes(Reach reach, String bench) {
        return targets(reach, Bench.of(bench)).stream().map(target -> Integer.toString(target.payload())).toList();
    }
}
