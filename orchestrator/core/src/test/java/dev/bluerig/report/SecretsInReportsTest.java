package dev.bluerig.report;

import dev.bluerig.diagnostic.CodeFamily;
import dev.bluerig.diagnostic.CodeName;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.converge.Mode;
import dev.bluerig.remote.Session;
import dev.bluerig.run.OutcomeStatus;
import dev.bluerig.run.Plan;
import dev.bluerig.run.Redaction;
import dev.bluerig.run.RunRecord;
import dev.bluerig.run.TaskResult;
import dev.bluerig.source.Secret;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Failure;
import dev.bluerig.trial.agent.AgentFailure;
import dev.bluerig.trial.diagnosis.Diagnosis;
import dev.bluerig.trial.diagnosis.SymptomName;
import dev.bluerig.trial.run.HardwareSheet;
import dev.bluerig.trial.run.TrialResult;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/// Whatever a secret is made of, no report holds it, and every report is what it would be without it.
class SecretsInReportsTest {
    private static final String SPECIAL = "&<>\"'_*`|\\[]!~#$%^(){}=+-:;,./? \u00e9\u4e2d\ud83d\udd11\t@0aZ";

    /// Where machines and tools have a say, they say this.
    private static RunRecord record(String said) {
        var change = new Change("p0 mtu " + said, "9216 " + said, "1500" + said + "x");
        var failure = new Failure(new CodeName("REMEDY_FAILED", CodeFamily.ENGINE), "A command failed.", List.of(change),
            "ip: exit 2\n" + said + "\nend " + said, "look at " + said);
        var failed = new TaskResult(OutcomeStatus.FAILED, "", false, true, List.of(), List.of("echo " + said), Optional.of(failure));
        var foreseen = new TaskResult(OutcomeStatus.WOULD_CHANGE, "", true, false, List.of(change), List.of("echo " + said),
            Optional.empty());
        var task = new RunRecord.TaskRecord("interface", "p.yaml:4:7", false, Map.of("host-a", failed, "host-b", foreseen));
        var mixed = SampleTrials.mixed("bench");
        var cell = mixed.cells().getFirst();
        var spoken = new dev.bluerig.trial.run.Cell(cell.cable(), cell.load(), cell.verdicts(), cell.on(), cell.off(), cell.misses(),
            List.of(new Diagnosis(new SymptomName("OTHER"), "bench-a", said, said, said, said)),
            Optional.of(new AgentFailure(new CodeName("OTHER", CodeFamily.AGENT), "EPERM", said + "\n" + said)));
        var trial = new TrialResult("load", "p.yaml:9:3", "bench", mixed.terms(), List.of(spoken),
            List.of(new HardwareSheet("bench-a", List.of(new HardwareSheet.Row("card", said, said, said, said)))),
            Optional.empty(), Optional.empty());
        return new RunRecord("20260101T000000Z-0000", Mode.ACCEPT, Instant.parse("2026-01-01T00:00:00Z"),
            Instant.parse("2026-01-01T00:00:03Z"), "lab@controller", "bluerig 0.1.0", "i.yaml", "p.yaml", Optional.empty(),
            Optional.empty(), false,
            List.of(new RunRecord.PlayRecord("first", "p.yaml:1:3", List.of(task))), List.of(trial),
            Map.of("host-a", new Session.Traffic(1, 1, 2, 3)));
    }

    private static Document xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(text)));
    }

    private static void holds(String secret, RunRecord clean) throws Exception {
        var report = Report.of(clean);
        assertEquals(report, Report.read("report.json", report.json()));
        var foreseen = clean.results().filter(result -> result.outcome() == OutcomeStatus.WOULD_CHANGE).findFirst().orElseThrow();
        var step = new Plan.Step(0, "first", 0, "interface", "host-b", true, "5e", foreseen.changes(),
            foreseen.commands().stream().map(line -> new Plan.PlannedCommand(line, "5f")).toList(), List.of());
        var plan = Plan.of(clean, new Plan.BoundFile("i.yaml", "60"), new Plan.BoundFile("p.yaml", "61"), List.of(step));
        assertEquals(plan, Plan.read("plan.json", plan.json()));
        String all = String.join("\n", report.json(), plan.json(), Markdown.of(clean),
            xml(HtmlReport.of(clean)).getDocumentElement().getTextContent(), HtmlReport.of(clean), Junit.of(clean));
        assertFalse(all.contains(secret), () -> "holds " + secret);
        assertFalse(report.run().toString().contains(secret), () -> "holds " + secret);
        assertEquals(2, xml(Junit.of(clean)).getElementsByTagName("testsuite").getLength());
    }

    @Test
    void a_secret_of_any_characters_is_in_no_report() throws Exception {
        var random = new Random(10);
        int[] points = SPECIAL.codePoints().toArray();
        for (int i = 0; i < 25; i++) {
            var drawn = new StringBuilder("k");
            for (int n = 7 + random.nextInt(8); n > 0; n--) drawn.appendCodePoint(points[random.nextInt(points.length)]);
            String secret = drawn.append("K7").toString();
            var clean = new Redaction(List.of(new Secret(secret))).of(RunRecord.class, record(secret));
            holds(secret, clean);
            assertEquals(record("***"), clean, () -> "only the secret is gone: " + secret);
        }
    }

    /// Words that stand in our own files.
    @ParameterizedTest
    @ValueSource(strings = {"name", "2026", "\": \"", "host", "failed", "meaning", "true", "0000", "</td>", "testcase", "null", "REMEDY",
        "1500"})
    void a_secret_that_is_a_word_of_ours_breaks_nothing(String secret) throws Exception {
        var told = record("it said <" + secret + "> to me");
        var clean = new Redaction(List.of(new Secret(secret))).of(RunRecord.class, told);
        assertEquals(told.id(), clean.id());
        assertEquals(told.started(), clean.started());
        assertEquals(told.traffic(), clean.traffic());
        assertEquals(told.plays().getFirst().machines(), clean.plays().getFirst().machines());
        var report = Report.of(clean);
        assertEquals(report, Report.read("report.json", report.json()));
        assertEquals(told.exit().number(), report.exit());
        assertTrue(report.json().contains("it said <***> to me"), report.json());
        assertEquals(report.json().replaceAll(": \"[^\\n]*", "").replaceAll("\"it said[^\\n]*|\"echo[^\\n]*", ""),
            Report.of(told).json().replaceAll(": \"[^\\n]*", "").replaceAll("\"it said[^\\n]*|\"echo[^\\n]*", ""),
            "keys and numbers are the same");
        xml(HtmlReport.of(clean));
        xml(Junit.of(clean));
    }

    /// Line feeds, bars, markup and controls of machines are text in every report.
    @Test
    void nothing_a_machine_says_is_alive() throws Exception {
        String said = "a\nb | c [x](javascript:alert(1)) ![y](http://evil/z.png) <img src=x> https://evil www.evil.org"
            + " \u202e\u009b31m\u0001\ufffe\u2028 - x";
        var run = record(said);
        String page = Markdown.of(run);
        assertFalse(page.matches("(?s).*(?<!\\\\)\\[x(?<!\\\\)].*") || page.contains("![") || page.contains("<img")
            || page.contains("http://") || page.contains("https://") || page.contains("www.evil"), page);
        assertFalse(page.codePoints().anyMatch(c -> c != '\n' && (Character.isISOControl(c) || c == 0x202e || c == 0x2028)), page);
        String html = HtmlReport.of(run);
        assertFalse(html.codePoints().anyMatch(c -> c != '\n' && (Character.isISOControl(c) || c == 0x202e || c == 0x2028)), html);
        assertEquals(0, xml(html).getElementsByTagName("img").getLength());
        var junit = xml(Junit.of(run)).getDocumentElement().getTextContent();
        assertTrue(junit.contains("\n  | a\n  | b | c ") && junit.lines().noneMatch(line -> line.startsWith("b |")), junit);
        String json = Report.of(run).json();
        assertFalse(json.codePoints().anyMatch(c -> c != '\n' && (Character.isISOControl(c) || c == 0x202e || c == 0x2028)), json);
        assertEquals(run, Report.read("f", json).run());
    }
}
