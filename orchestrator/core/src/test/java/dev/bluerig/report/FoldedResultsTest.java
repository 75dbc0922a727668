package dev.bluerig.report;

import dev.bluerig.diagnostic.CodeFamily;
import dev.bluerig.diagnostic.CodeName;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bluerig.run.OutcomeStatus;
import dev.bluerig.run.RunRecord;
import dev.bluerig.run.TaskResult;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Failure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class FoldedResultsTest {
    private static TaskResult changed(String what, String expected) {
        return new TaskResult(OutcomeStatus.CHANGED, "", false, true,
            List.of(new Change("mtu", "9000", "1500"), new Change(what, expected, "absent")), List.of(), Optional.empty());
    }

    private static List<FoldedResults> folds(int machines, int odd) {
        var results = new LinkedHashMap<String, TaskResult>();
        for (int i = 1; i <= machines; i++)
            results.put("host-%03d".formatted(i), changed(i == odd ? "flag" : "address 198.18.0." + i + "/30", "present"));
        return FoldedResults.of(new RunRecord.TaskRecord("interface", "p.yaml:1:1", false, results));
    }

    @Test
    void many_that_differ_in_addresses_alone_are_one_with_an_example() {
        var folds = folds(50, 0);
        assertEquals(1, folds.size());
        assertEquals("host-[001:050]", folds.getFirst().names());
        assertEquals(List.of(new Change("mtu", "9000", "1500"),
            new Change("address 198.18.0.1/30 [host-001; each machine its own]", "present", "absent")),
            folds.getFirst().result().changes());
    }

    @Test
    void who_differs_otherwise_stays_apart() {
        assertEquals(List.of("host-[001:006], host-[008:050]", "host-007"), folds(50, 7).stream().map(FoldedResults::names).toList());
    }

    @Test
    void few_are_told_apart_with_their_own_addresses() {
        assertEquals(List.of("host-001", "host-002", "host-003", "host-004"), folds(4, 0).stream().map(FoldedResults::names).toList());
    }

    private static TaskResult dead(String machine, int number, String reason) {
        return new TaskResult(OutcomeStatus.UNREACHABLE, "", false, false, List.of(), List.of(),
            Optional.of(new Failure(new CodeName("HOST_UNREACHABLE", CodeFamily.CONNECTION), "The machine does not answer.", List.of(),
            machine + " (lab@10.0." + number / 250 + "." + number % 250 + ":" + (2200 + number) + "): " + reason,
            "ping it from here, see host-%03d".formatted(number))));
    }

    @Test
    void many_that_are_dead_in_one_way_are_one_with_an_example() {
        var results = new LinkedHashMap<String, TaskResult>();
        for (int i = 1; i <= 199; i++)
            results.put("dpu-%03d".formatted(i), dead("dpu-%03d".formatted(i), i, i == 7 ? "Connection refused" : "no answer within 2 s"));
        var folds = FoldedResults.of(new RunRecord.TaskRecord("ovs", "p.yaml:1:1", false, results));
        assertEquals(List.of("dpu-[001:006], dpu-[008:199]", "dpu-007"), folds.stream().map(FoldedResults::names).toList());
        var failure = folds.getFirst().result().failure().orElseThrow();
        assertEquals("dpu-001 (lab@10.0.0.1:2201): no answer within 2 s [dpu-001; each machine its own]", failure.detail());
        assertEquals("ping it from here, see host-001 [dpu-001; each machine its own]", failure.next());
        assertEquals("dpu-007 (lab@10.0.0.7:2207): Connection refused", folds.getLast().result().failure().orElseThrow().detail());
    }

    @Test
    void unknown_keys_of_many_are_one_line_and_few_failures_stay_apart() {
        var results = new LinkedHashMap<String, TaskResult>();
        for (int i = 1; i <= 4; i++)
            results.put("node-%03d".formatted(i),
                dead("node-%03d".formatted(i), i, "shows ssh-ed25519 SHA256:abc" + i + "; nothing is on file"));
        assertEquals(4, FoldedResults.of(new RunRecord.TaskRecord("ovs", "p.yaml:1:1", false, results)).size());
        for (int i = 5; i <= 30; i++)
            results.put("node-%03d".formatted(i),
                dead("node-%03d".formatted(i), i, "shows ssh-ed25519 SHA256:abc" + i + "; nothing is on file"));
        assertEquals(List.of(30), FoldedResults.of(new RunRecord.TaskRecord("ovs", "p.yaml:1:1", false, results)).stream()
            .map(fold -> fold.machines().size()).toList());
    }

    private static List<FoldedResults> told(IntFunction<TaskResult> result) {
        var results = new LinkedHashMap<String, TaskResult>();
        for (int i = 1; i <= 30; i++) results.put("host-%03d".formatted(i), result.apply(i));
        return FoldedResults.of(new RunRecord.TaskRecord("path", "p.yaml:1:1", false, results));
    }

    @Test
    void a_failure_that_names_another_machine_of_the_play_is_one_line() {
        var folds = told(i -> dead("host-%03d".formatted(i), i, "no answer from host-%03d".formatted(i % 2 == 0 ? i - 1 : i + 1)));
        assertEquals(List.of("host-[001:030]"), folds.stream().map(FoldedResults::names).toList());
    }

    @Test
    void those_who_wait_for_another_machine_are_one_line() {
        var folds = told(i -> new TaskResult(OutcomeStatus.SKIPPED, "dpu-%03d: not reached yet".formatted(i), false, false, List.of(),
            List.of(), Optional.empty()));
        assertEquals(List.of("host-[001:030]"), folds.stream().map(FoldedResults::names).toList());
        assertEquals("dpu-001: not reached yet [host-001; each machine its own]", folds.getFirst().result().note());
    }
}
