package dev.bluerig.report;

import dev.bluerig.trial.run.TrialResult;
import dev.bluerig.trial.run.TrialSkip;
import dev.bluerig.trial.verdict.UnmetExpectation;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.run.RunRecord;
import java.io.StringReader;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/// A trial in the reports for programs and in Markdown.
class TrialReportTest {
    static final RunRecord EVERYTHING = SampleTrials.run(Optional.of("sim"), SampleTrials.accepted("bench"), SampleTrials.mixed("other"),
        SampleTrials.precondition("third"), SampleTrials.skipped("fourth"), SampleTrials.hostile());

    private static Document xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    @Test
    void json_is_read_back_as_it_was_written() {
        var report = Report.of(EVERYTHING);
        assertEquals(report, Report.read("report.json", report.json()));
        assertEquals(Map.of("accepted", 1, "not accepted", 1, "failed", 1, "skipped", 2), report.trials());
        assertEquals(1, report.exit());
    }

    @Test
    void a_report_from_before_trials_can_still_be_read() {
        var old = Report.of(SampleTrials.run(Optional.empty())).json().replace("\"schema\": 3", "\"schema\": 1")
            .replaceAll("  *\"(by|program)\": .*\n", "")
            .replaceAll("  *\"trials\": (\\{}|\\[]),\n", "");
        assertFalse(old.contains("trials"), old);
        assertEquals("", Report.read("report.json", old).run().by());
    }

    /// Written by bluerig as it was when schema 2 ended.
    @Test
    void a_report_of_schema_2_is_shown_as_ever() throws Exception {
        String old;
        try (var file = getClass().getResourceAsStream("schema-2.json")) {
            old = new String(file.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
        var run = Report.read("report.json", old).run();
        assertEquals(java.util.List.of("--limit leaves out host-b", "because of b1: `reach` of the play \"wire\" failed (REACH_NO_ARP)",
            "interrupted"),
            run.trials().stream().flatMap(trial -> trial.skipped().stream()).map(TrialSkip::words).toList());
        assertEquals(java.util.List.of(false, false, true, false, false, false), run.trials().stream().map(TrialResult::lost).toList());
        assertEquals(java.util.List.of(false, false, false, true, false, false), run.trials().stream().map(TrialResult::leftOut).toList());
        var cells = run.trials().getFirst().cells();
        assertEquals(java.util.List.of("bench 0", "bench 1", "bench 1"), cells.stream().map(cell -> cell.cable().toString()).toList());
        var misses = cells.get(1).misses();
        assertEquals(java.util.List.of("rx of bench-b", "decrypt_errors of bench-a", "payload at bench-b", "gigabits to bench-a",
            "line_rate", "flows of dpu-a", "wire"),
            misses.stream().map(UnmetExpectation::what).toList());
        assertEquals("software: kernel counters: Device +0, Sw +4, DecryptError +0", misses.getFirst().whole());
        assertEquals(1, cells.get(1).verdicts().stream().filter(misses.getFirst()::isAbout).count());
        assertEquals(3, run.exit().number());
        Published.assertDescribes(Report.of(run).json());
    }

    @Test
    void every_report_tells_what_was_demanded_and_what_was_not() {
        var run = SampleTrials.run(Optional.of("kernel"), SampleTrials.accepted("bench"));
        String terms = "emanded: tx hardware, rx hardware, decrypt errors at most 0; not demanded: flows offloaded";
        for (String page : java.util.List.of(Markdown.of(run), HtmlReport.of(run), Junit.of(run))) assertTrue(page.contains(terms), page);
        assertTrue(Report.of(run).json().contains("\"flows offloaded\""));
        var old = Report.of(run).json().replaceAll("(?s) *\"terms\": \\{.*?\\},\n", "");
        assertFalse(old.contains("terms"), old);
        assertEquals("", Report.read("report.json", old).run().trials().getFirst().terms().text());
    }

    @Test
    void the_published_schema_describes_every_field() throws Exception {
        Published.assertDescribes(Report.of(EVERYTHING).json());
    }

    @Test
    void what_a_trial_did_not_show_ends_an_acceptance_with_1_and_nothing_else() {
        assertEquals(0, SampleTrials.run(Optional.empty(), SampleTrials.accepted("bench")).exit().number());
        assertEquals(1, SampleTrials.run(Optional.empty(), SampleTrials.skipped("bench")).exit().number());
    }

    @Test
    void junit_has_a_case_for_every_half_and_the_misses_in_the_right_one() throws Exception {
        var document =
            xml(Junit.of(SampleTrials.run(Optional.of("sim"), SampleTrials.mixed("bench"), SampleTrials.precondition("third"),
            SampleTrials.skipped("fourth"))));
        var cases = document.getElementsByTagName("testcase");
        assertEquals(5 * 5 + 1 + 1 + 1, cases.getLength());
        var failed = java.util.stream.IntStream.range(0, cases.getLength()).mapToObj(i -> (Element) cases.item(i))
            .filter(one -> one.getElementsByTagName("failure").getLength() > 0).toList();
        assertEquals(java.util.List.of("bench cable 1, TLS 1.2: rx of bench-b", "bench cable 1, TLS 1.2: figures"),
            failed.stream().map(one -> one.getAttribute("name")).toList());
        assertTrue(failed.getFirst().getTextContent().contains("fix: bluerig apply"), failed.getFirst().getTextContent());
        var suite = (Element) document.getElementsByTagName("testsuite").item(0);
        assertEquals("2 2 1", suite.getAttribute("failures") + " " + suite.getAttribute("errors") + " " + suite.getAttribute("skipped"));
    }

    @Test
    void junit_is_xml_whatever_a_machine_printed() throws Exception {
        assertEquals(0, xml(Junit.of(EVERYTHING)).getElementsByTagName("script").getLength());
    }

    @Test
    void markdown_shows_the_matrix_and_no_markup_of_others() {
        String page = Markdown.of(EVERYTHING);
        assertTrue(page.contains("| 0 | 1.2 | aes-128-gcm | 4 | both ways | 94.1 / 93.7 | 94 % | 0.11 / 0.13 | 0.55 / 0.57 | 4.67 x |"
            + " tx hardware, rx hardware |"), page);
        assertTrue(page.contains("fix: bluerig apply"), page);
        assertFalse(page.contains("<script>"), page);
        assertEquals(page.lines().filter(line -> line.startsWith("# ") || line.startsWith("## ")).count(),
            page.lines().filter(line -> line.contains("**SIMULATED")).count());
    }
}
