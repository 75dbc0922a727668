package dev.bluerig.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bluerig.run.OutcomeStatus;
import dev.bluerig.run.RunRecord;
import dev.bluerig.run.TaskResult;
import dev.bluerig.task.diff.Change;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FoldedResultsTest {
    private static TaskResult changed(String what, String expected) {
        return new TaskResult(OutcomeStatus.CHANGED, "", false, true, List.of(new Change("mtu", "9000", "1500"), new Change(what, expected, "absent")), List.of(), Optional.empty());
    }

    private static List<FoldedResults> folds(int machines, int odd) {
        var results = new LinkedHashMap<String, TaskResult>();
        for (int i = 1; i <= machines; i++) results.put("host-%03d".formatted(i), changed(i == odd ? "flag" : "address 198.18.0." + i + "/30", "present"));
        return FoldedResults.of(new RunRecord.TaskRecord("interface", "p.yaml:1:1", false, results));
    }

    @Test
    void many_that_differ_in_addresses_alone_are_one_with_an_example() {
        var folds = folds(50, 0);
        assertEquals(1, folds.size());
        assertEquals("host-[001:050]", folds.getFirst().names());
        assertEquals(List.of(new Change("mtu", "9000", "1500"), new Change("address 198.18.0.1/30 [host-001; each machine its own]", "present", "absent")),
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
}
