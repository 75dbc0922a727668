package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.report.SampleTrials;
import dev.bluerig.source.Secret;
import dev.bluerig.trial.run.TrialResult;
import dev.bluerig.trial.run.TrialStep;
import dev.bluerig.trial.spec.TlsPlacement;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a person reads of a trial.
class TrialTextTest {
    private static final Keyboard NOBODY = new Keyboard() {
        @Override
        public Optional<String> line(String question) {
            return Optional.empty();
        }

        @Override
        public Optional<Secret> hidden(String question) {
            return Optional.empty();
        }
    };

    private static String said(boolean colour, List<TrialResult> trials) {
        var out = new ByteArrayOutputStream();
        new TextReport(new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(out), NOBODY, false, colour))
            .trials(trials);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String said(TrialResult... trials) {
        return said(false, List.of(trials));
    }

    @Test
    void a_cell_is_a_line_with_both_figures_and_the_folded_verdict() {
        assertEquals("""
            trial: proof, each port alone
              bench: accepted (4GiB each direction, writes of 128KiB, every byte compared)
                demanded: tx hardware, rx hardware, decrypt errors at most 0; not demanded: flows offloaded
                cable  TLS  cipher       conns  direction  Gbit/s       of line  CPU s/GB     offload off  saves  verdict
                0      1.2  aes-128-gcm  4      both ways  94.1 / 93.7  94 %     0.11 / 0.13  0.55 / 0.57  4.67 x  tx hardware, rx hardware
                1      1.2  aes-128-gcm  4      both ways  93.8 / 93.4  94 %     0.11 / 0.13  0.55 / 0.57  4.67 x  tx hardware, rx hardware
              Gbit/s: to the server / to the client; CPU s/GB: server / client, seconds of CPU per 10^9 bytes of payload
            """.replaceAll(" +", " "), said(SampleTrials.accepted("bench")).replaceAll(" +", " "));
    }

    @Test
    void what_was_not_met_stands_with_the_witnesses_and_the_way_out() {
        String text = said(SampleTrials.mixed("bench"));
        assertTrue(text.contains("rx of bench-b: expected hardware, found software"), text);
        assertTrue(text.contains("rx bench-a hardware, bench-b software"), text);
        assertTrue(text.contains("seen:     Device +0, Sw +4, DecryptError +0"), text);
        assertTrue(text.contains("RX_FLAG_OFF on bench-b: RX offload is off by default."), text);
        assertTrue(text.contains("check: ethtool -k ens1f0np0"), text);
        assertTrue(text.contains("fix: bluerig apply"), text);
        assertTrue(text.contains("PORT_IN_USE: No port of the range is free on the server."), text);
        assertTrue(text.contains("tx and rx of bench-a and bench-b: unknown, because"), text);
        assertFalse(text.contains("path:"), "who was not called has nothing to say: " + text);
    }

    @Test
    void a_failed_precondition_looks_like_a_failed_task() {
        String text = said(SampleTrials.precondition("bench"));
        for (String line : List.of("  bench: failed", "PRECONDITION: What the trial needs is not there.",
            "module tls of bench-b: expected loaded, found absent", "seen: lsmod has no tls",
            "where: playbooks/acceptance.yaml:3:3", "next: bluerig apply")) assertTrue(text.contains(line), text);
        assertTrue(said(SampleTrials.skipped("bench")).contains("bench: skipped (because of bench-a: failed offload)"));
    }

    @Test
    void a_hundred_pairs_are_a_page() {
        String text = said(false, SampleTrials.hundred());
        assertTrue(text.contains("pair-[001:016], pair-[018:041], pair-[043:076], pair-[078:100]: accepted"), text);
        assertTrue(text.contains("90.0..94.0 / 89.6..93.6"), text);
        assertTrue(text.lines().count() < 90, text);
    }

    @Test
    void many_that_failed_alike_are_said_once_with_an_example() {
        var all = java.util.stream.IntStream.rangeClosed(1, 30).mapToObj("pair-%02d"::formatted)
            .map(pair -> SampleTrials.result(pair, List.of(SampleTrials.bad(pair, 0)))).toList();
        String text = said(false, all);
        assertTrue(text.contains("pair-[01:30]: not accepted"), text);
        assertTrue(text.contains("rx server hardware, client software"), text);
        assertEquals(1, text.split("RX_FLAG_OFF", -1).length - 1, text);
        assertTrue(text.contains("cable 0 of pair-01, as an example"), text);
    }

    @Test
    void nothing_that_a_machine_says_steers_the_terminal() {
        String text = said(true, List.of(SampleTrials.hostile()));
        assertFalse(text.replaceAll("\u001b\\[(0|1|2|31|32|33)m", "").contains("\u001b"), text);
        assertFalse(text.contains("\u0000"), text);
    }

    @Test
    void the_live_line_says_where_one_pair_is_and_what_many_do() {
        assertEquals("proof: bench: cell 2 of 8, cable 1, payload 12 s, 94.1 Gbit/s",
            TrialLine.of("proof",
            java.util.Map.of("bench", new TrialStep(2, 8, java.util.Optional.of(new dev.bluerig.inventory.CableId("bench", 1)), "payload",
            12.3, 94.1))));
        var many = new LinkedHashMap<String, TrialStep>();
        for (int i = 0; i < 100; i++)
            many.put("pair-" + i, new TrialStep(1 + i % 2, 8, java.util.Optional.empty(), i < 60 ? "payload" : "flip", 1, i < 60 ? 100
                : 0));
        assertEquals("proof: 100 pairs: cell 1 to 2 of 8, 40 flip, 60 payload, 6000 Gbit/s", TrialLine.of("proof", many));
    }

    @Test
    void a_hardware_verdict_that_nobody_expected_is_explained_too() {
        var cell = SampleTrials.as("bench", 0, "1.3", TlsPlacement.HARDWARE);
        var odd = new dev.bluerig.trial.run.Cell(cell.cable(), cell.load(), cell.verdicts(), cell.on(), cell.off(),
            List.of(SampleTrials.unplaced("bench-a", dev.bluerig.protocol.Role.SERVER, dev.bluerig.trial.spec.Direction.TX, "software",
            "hardware")), List.of(), Optional.empty());
        String text = said(SampleTrials.result("bench", List.of(odd)));
        assertTrue(text.contains("tx of bench-a: hardware, because"), text);
        assertTrue(text.contains("seen:     Device +4, Sw +0, DecryptError +0"), text);
    }
}
