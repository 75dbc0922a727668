package dev.bluerig.report;

import dev.bluerig.diagnostic.CodeFamily;
import dev.bluerig.diagnostic.CodeName;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.converge.Mode;
import dev.bluerig.remote.Session;
import dev.bluerig.run.OutcomeStatus;
import dev.bluerig.run.RunRecord;
import dev.bluerig.run.TaskResult;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Failure;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class ReportTest {
    private static final Change CHANGE = new Change("p0 mtu", "9216", "1500 | <b>`x`</b>");
    private static final Failure FAILURE = new Failure(new CodeName("REMEDY_FAILED", CodeFamily.ENGINE), "A command failed.",
        List.of(CHANGE), "ip: exit 2: \u0007no & <such>\ndevice", "bluerig check");

    private static TaskResult result(OutcomeStatus status, Optional<Failure> failure) {
        return new TaskResult(status, status == OutcomeStatus.SKIPPED ? "because" : "", false, status == OutcomeStatus.FAILED,
            failure.isEmpty()
            && status != OutcomeStatus.OK ? List.of(CHANGE) : List.of(), List.of("ip link"), failure);
    }

    private static RunRecord record(Optional<String> lab) {
        Map<String, TaskResult> results = new LinkedHashMap<>();
        for (OutcomeStatus status : OutcomeStatus.values())
            results.put("m-" + status.name().toLowerCase(java.util.Locale.ROOT), result(status, switch (status) {
                case FAILED, UNKNOWN, UNREACHABLE -> Optional.of(FAILURE);
                case OK, CHANGED, WOULD_CHANGE, SKIPPED -> Optional.empty();
            }));
        var task = new RunRecord.TaskRecord("command", "p.yaml:4:7", true, results);
        return new RunRecord("20260101T000000Z-0000", Mode.APPLY, Instant.EPOCH, Instant.EPOCH.plusSeconds(3), "lab@controller",
            "bluerig 0.1.0", "i.yaml", "p.yaml", lab, Optional.of("20251231T000000Z-0000"), false,
            List.of(new RunRecord.PlayRecord("first \"play\"", "p.yaml:1:3", List.of(task))), List.of(),
            Map.of("m-ok", new Session.Traffic(1, 1, 2, 3)));
    }

    @Test
    void json_is_read_back_as_it_was_written() {
        var report = Report.of(record(Optional.of("sim")));
        assertEquals(report, Report.read("report.json", report.json()));
        assertEquals(3, report.exit());
    }

    @Test
    void the_published_schema_describes_every_field() throws IOException {
        Published.assertDescribes(Report.of(record(Optional.of("sim"))).json());
        Published.assertDescribes(Report.of(record(Optional.empty())).json());
    }

    @Test
    void junit_is_xml_whatever_a_machine_printed() throws Exception {
        String xml = Junit.of(record(Optional.of("namespace")));
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        assertEquals(OutcomeStatus.values().length, document.getElementsByTagName("testcase").getLength());
        assertEquals(2, document.getElementsByTagName("failure").getLength());
        assertEquals(2, document.getElementsByTagName("error").getLength());
        assertTrue(xml.contains("NAMESPACE LAB"), xml);
    }

    @Test
    void markdown_says_the_lab_in_every_section_and_marks_the_escape_hatch() {
        String page = Markdown.of(record(Optional.of("sim")));
        assertEquals(page.lines().filter(line -> line.startsWith("# ") || line.startsWith("## ")).count(),
            page.lines().filter(line -> line.contains("SIMULATED")).count());
        assertTrue(page.contains("a command of the user's own"), page);
        assertFalse(page.contains("<b>"), "what a machine printed is not markup");
        assertFalse(Markdown.of(record(Optional.empty())).contains("LAB"));
    }
}
