package dev.bluerig.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.converge.Mode;
import dev.bluerig.diagnostic.CodeFamily;
import dev.bluerig.diagnostic.CodeName;
import dev.bluerig.run.OutcomeStatus;
import dev.bluerig.run.RunRecord;
import dev.bluerig.run.TaskResult;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Failure;
import java.io.StringReader;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/// The report to sign: well formed, from one file, and what machines say stays text.
class HtmlReportTest {
    private static Document page(RunRecord run) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(HtmlReport.of(run))));
    }

    private static List<Element> all(Document page, String tag) {
        var found = page.getElementsByTagName(tag);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
    }

    @Test
    void every_way_a_trial_can_go_gives_a_well_formed_page() throws Exception {
        var page = page(TrialReportTest.EVERYTHING);
        String text = page.getDocumentElement().getTextContent();
        for (String said : List.of("not accepted", "inventory/bench.yaml", "playbooks/acceptance.yaml", "lab@controller",
            "bluerig 0.1.0, Java 25", "rx of other-b", "expected hardware, found software",
            "RX_FLAG_OFF", "ethtool -k ens1f0np0", "PORT_IN_USE", "EADDRINUSE: no port of 47000-47099 is free", "PRECONDITION",
            "Not tried: because of fourth-a: failed offload", "Device +0, Sw +4, DecryptError +0",
            "MT2333XZ0a", "ethtool -m: Operation not supported", "accepted by", "signature")) assertTrue(text.contains(said), said);
    }

    @Test
    void what_a_machine_says_is_text_and_nothing_else() throws Exception {
        String html = HtmlReport.of(SampleTrials.run(Optional.empty(), SampleTrials.hostile()));
        assertFalse(html.contains("<script>"), html);
        assertFalse(html.chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\t' || c == 0x7f), "control characters");
        assertEquals(1, html.split("</style>", -1).length - 1);
        var page = page(SampleTrials.run(Optional.empty(), SampleTrials.hostile()));
        assertTrue(all(page, "script").isEmpty() && all(page, "img").isEmpty() && all(page, "a").isEmpty() && all(page, "link").isEmpty());
        assertTrue(page.getDocumentElement().getTextContent().contains("<script>alert(1)</script> & \"q\" 'a' </style> ]]> | `x`"),
            "it can still be read");
    }

    @Test
    void nothing_comes_from_elsewhere() {
        String html = HtmlReport.of(TrialReportTest.EVERYTHING);
        for (String outside : List.of("src=", "href=", "url(", "@import", "http://", "https://", "javascript:", "onclick"))
            assertFalse(html.contains(outside), outside);
        assertTrue(html.contains("default-src &#39;none&#39;"), "a browser is told so, too");
    }

    /// On a narrow screen a table scrolls below its caption, its first column and its groups.
    @Test
    void what_names_a_table_and_its_rows_is_not_scrolled_away() throws Exception {
        String style = all(page(TrialReportTest.EVERYTHING), "style").getFirst().getTextContent();
        String narrow = style.substring(style.indexOf("@media (max-width: 700px)"));
        for (String what : List.of("caption", "tr.group th > div", "main thead th:first-child, main tbody tr:not(.group) > :first-child"))
            assertTrue(narrow.lines().anyMatch(line -> line.strip().startsWith(what + " {") && line.contains("position: sticky; left: ")),
                what);
        var groups = all(page(TrialReportTest.EVERYTHING), "tr").stream().filter(row -> row.getAttribute("class").equals("group")).toList();
        assertFalse(groups.isEmpty());
        groups.forEach(group -> assertEquals(1, group.getElementsByTagName("div").getLength(), group.getTextContent()));
    }

    @Test
    void a_simulation_says_so_on_every_page_and_in_every_table() throws Exception {
        var page = page(TrialReportTest.EVERYTHING);
        var frame = all(page, "table").getFirst();
        assertEquals("frame", frame.getAttribute("class"));
        assertTrue(((Element) frame.getElementsByTagName("thead").item(0)).getTextContent()
            .contains("SIMULATED: every machine of this run was a model inside bluerig"), "printed on every page");
        var captions = all(page, "caption");
        assertEquals(all(page, "table").size() - 1, captions.size());
        captions.forEach(caption -> assertTrue(caption.getTextContent().endsWith("SIMULATED"), caption.getTextContent()));
        assertTrue(all(page, "title").getFirst().getTextContent().contains("SIMULATED"));
        assertTrue(page.getDocumentElement().getTextContent().contains("This report says nothing about hardware."));
        assertTrue(HtmlReport.of(SampleTrials.run(Optional.of("namespace"), SampleTrials.accepted("bench"))).contains("NAMESPACE LAB"));
        String real = HtmlReport.of(SampleTrials.run(Optional.empty(), SampleTrials.accepted("bench")));
        assertFalse(real.contains("SIMULATED") || real.contains("LAB"), real);
    }

    @Test
    void every_witness_of_every_half_has_a_mark_and_its_numbers() throws Exception {
        var page = page(SampleTrials.run(Optional.empty(), SampleTrials.mixed("bench")));
        var marks = all(page, "table").stream().filter(table -> table.getAttribute("class").startsWith("marks")).findFirst().orElseThrow();
        String text = marks.getTextContent();
        for (String mark : List.of("\u2713", "\u2717", "!", "?", "\u2013")) assertTrue(text.contains(mark), mark);
        assertEquals(5 * 4, IntStream.range(0, marks.getElementsByTagName("tr").getLength())
            .mapToObj(i -> (Element) marks.getElementsByTagName("tr").item(i))
            .filter(row -> row.getElementsByTagName("td").getLength() == 11).count());
        assertEquals(5, all(page, "table").stream().filter(table -> table.getAttribute("class").startsWith("numbers")).count());
    }

    @Test
    void offload_on_and_off_stand_together_with_their_ratios() throws Exception {
        var page = page(SampleTrials.run(Optional.empty(), SampleTrials.accepted("bench")));
        var table = all(page, "table").stream().filter(each -> each.getAttribute("class").startsWith("comparison")).findFirst()
            .orElseThrow();
        assertTrue(table.getTextContent().contains("ratio2.00 x2.01 x5.00 x4.38 x"), table.getTextContent());
    }

    @Test
    void a_hundred_pairs_are_folded_in_the_summary_and_whole_below() throws Exception {
        var page = page(SampleTrials.run(Optional.empty(), SampleTrials.hundred()));
        var summary = all(page, "table").stream().filter(each -> each.getAttribute("class").startsWith("summary")).findFirst()
            .orElseThrow();
        assertEquals(1 + 4, summary.getElementsByTagName("tr").getLength());
        assertEquals(100, all(page, "h3").size());
    }

    @Test
    void the_writer_knows_our_own_tags_alone() {
        assertThrows(IllegalArgumentException.class, () -> Html.of("script", "x"));
        assertThrows(IllegalArgumentException.class, () -> Html.of("p", "x").with("onclick", "x"));
        assertThrows(IllegalArgumentException.class, () -> new Html.Element("p", Map.of("style", "x"), List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Html.Sheet("</style>"));
        var out = new StringBuilder();
        Html.of("p", "x").with("class", "\"><b>").write(out);
        assertEquals("<p class=\"&quot;&gt;&lt;b&gt;\">x</p>\n", out.toString());
    }

    /// The worst: each machine fails in words of its own, so that nothing can be folded.
    @Test
    void a_page_of_two_thousand_machines_that_differ_in_everything_stays_below_five_megabytes() {
        var results = new LinkedHashMap<String, TaskResult>();
        for (int i = 1; i <= 2000; i++)
            results.put("host-%04d".formatted(i), new TaskResult(OutcomeStatus.FAILED, "", false, false, List.of(), List.of(),
                Optional.of(new Failure(new CodeName("PROGRAM_OTHER", CodeFamily.FINDING), "The program is another one of the same name.",
                List.of(new Change("program " + "x".repeat(i % 60) + i, "from package " + "p".repeat(200), "absent")),
                "word ".repeat(i % 80) + i + " " + "d".repeat(300), "look at it"))));
        var task = new RunRecord.TaskRecord("package", "p.yaml:1:1", false, results);
        String page = HtmlReport.of(new RunRecord("20260101T000000Z-0000", Mode.APPLY, Instant.EPOCH, Instant.EPOCH, "", "", "i.yaml",
            "p.yaml", Optional.empty(), Optional.empty(), false, List.of(new RunRecord.PlayRecord("play", "p.yaml:1:1", List.of(task))),
            List.of(), Map.of()));
        assertTrue(page.contains("host-2000"));
        assertTrue(page.length() < 5_000_000, page.length() + " characters");
    }
}
