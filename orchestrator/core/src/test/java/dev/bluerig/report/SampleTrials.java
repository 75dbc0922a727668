package dev.bluerig.report;

import dev.bluerig.converge.Mode;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.LoadSettings;
import dev.bluerig.protocol.Role;
import dev.bluerig.protocol.TlsSettings;
import dev.bluerig.protocol.TlsVersion;
import dev.bluerig.diagnostic.CodeFamily;
import dev.bluerig.diagnostic.CodeName;
import dev.bluerig.inventory.CableId;
import dev.bluerig.remote.Session;
import dev.bluerig.run.RunRecord;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Failure;
import dev.bluerig.trial.agent.AgentFailure;
import dev.bluerig.trial.diagnosis.Diagnosis;
import dev.bluerig.trial.diagnosis.Symptom;
import dev.bluerig.trial.diagnosis.SymptomName;
import dev.bluerig.trial.run.Cell;
import dev.bluerig.trial.run.HardwareSheet;
import dev.bluerig.trial.run.TrialResult;
import dev.bluerig.trial.run.TrialSkip;
import dev.bluerig.trial.spec.ByteCount;
import dev.bluerig.trial.spec.Cores;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.spec.Load;
import dev.bluerig.trial.spec.TlsPlacement;
import dev.bluerig.trial.verdict.Measurement;
import dev.bluerig.trial.verdict.Testimony;
import dev.bluerig.trial.verdict.Testimony.Statement;
import dev.bluerig.trial.verdict.TrialTerms;
import dev.bluerig.trial.verdict.UnmetExpectation;
import dev.bluerig.trial.verdict.Verdict;
import dev.bluerig.trial.verdict.Witness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Trials that went in every way a trial can go, for the tests of all reports.
public final class SampleTrials {
    public static final String PROOF = "proof, each port alone";
    static final TrialTerms TERMS = new TrialTerms(List.of("tx hardware", "rx hardware", "decrypt errors at most 0"),
        List.of("flows offloaded"));
    public static final String HOSTILE = "<script>alert(1)</script> & \"q\" 'a' </style> ]]> | `x` *y* _z_ \u001b[31m \u0000 {{ 7*7 }}";

    private SampleTrials() {}

    public static Load load(String version) {
        return new Load(TlsVersion.valueOf("TLS_" + version.replace('.', '_')), Cipher.AES_128_GCM, LoadSettings.Direction.BOTH, 4,
            Optional.of(new ByteCount("4GiB")), Optional.empty(), new ByteCount("128KiB"),
            LoadSettings.Verify.EVERY_BYTE, LoadSettings.Mode.STREAM, LoadSettings.Source.SEND, new Cores("all"),
                TlsSettings.RecordHandler.KERNEL,
            TlsSettings.RecordHandler.KERNEL);
    }

    private static Measurement measured(double gigabits, double cpu) {
        return new Measurement(1.37, 8589934592L, gigabits, gigabits - 0.4, cpu, cpu + 0.02, 0, gigabits / 100, 0.00012);
    }

    private static Verdict verdict(String machine, Role role, Direction direction, TlsPlacement ruling) {
        return new Verdict(machine, role, direction, ruling, Stream.of(Witness.values()).map(witness -> testimony(witness, ruling))
            .toList());
    }

    private static Testimony testimony(Witness witness, TlsPlacement ruling) {
        return switch (witness) {
            case PATH -> new Testimony(witness, Statement.NOT_CALLED, "the payload on both uplinks", "the DPUs are not in the inventory");
            case WIRE -> new Testimony(witness, Statement.NOT_CALLED, "nothing: the trial wants no capture", "nobody looked at the cable");
            case KERNEL_COUNTERS -> switch (ruling) {
                case HARDWARE -> new Testimony(witness, Statement.HARDWARE, "Device +4, Sw +0, DecryptError +0",
                    "Device +4, Sw +0, DecryptError +0");
                case SOFTWARE -> new Testimony(witness, Statement.SOFTWARE, "Device +4, Sw +0, DecryptError +0",
                    "Device +0, Sw +4, DecryptError +0");
                case USER_SPACE -> new Testimony(witness, Statement.USER_SPACE, "Device +4, Sw +0, DecryptError +0",
                    "Device +0, Sw +0: kernel has no TLS (TCP_ULP: ENOENT)");
                case MIXED -> new Testimony(witness, Statement.MIXED, "Device +4, Sw +0, DecryptError +0",
                    "Device +3, Sw +1, DecryptError +0");
                case UNKNOWN -> new Testimony(witness, Statement.SILENT, "Device +4, Sw +0, DecryptError +0",
                    "cat /proc/net/tls_stat: Permission denied");
            };
            case CARD_COUNTERS -> ruling == TlsPlacement.HARDWARE
                ? new Testimony(witness, Statement.HARDWARE, "at least 4.25 GB (99 % of the payload)", "4.28 GB (99.7 %)")
                : new Testimony(witness, ruling == TlsPlacement.UNKNOWN ? Statement.OBJECTS : Statement.SOFTWARE,
                "at least 4.25 GB (99 % of the payload)", "0 B (0 %)");
            case VERSION_AND_CIPHER, CONNECTION_STATE, ERROR_COUNTERS, UNCHANGED,
                FLIP -> new Testimony(witness, Statement.HARDWARE, witness.text(), "4 of 4 connections");
        };
    }

    private static List<Verdict> verdicts(String pair, TlsPlacement tx, TlsPlacement rxOfServer, TlsPlacement rxOfClient) {
        return List.of(verdict(pair + "-a", Role.SERVER, Direction.TX, tx), verdict(pair + "-a", Role.SERVER, Direction.RX, rxOfServer),
            verdict(pair + "-b", Role.CLIENT, Direction.TX, tx), verdict(pair + "-b", Role.CLIENT, Direction.RX, rxOfClient));
    }

    public static Cell good(String pair, int cable, double gigabits) {
        return new Cell(new CableId(pair, cable), load("1.2"),
            verdicts(pair, TlsPlacement.HARDWARE, TlsPlacement.HARDWARE, TlsPlacement.HARDWARE), Optional.of(measured(gigabits, 0.11)),
            Optional.of(measured(gigabits / 2, 0.55)), List.of(), List.of(), Optional.empty());
    }

    public static Cell bad(String pair, int cable) {
        return new Cell(new CableId(pair, cable), load("1.2"),
            verdicts(pair, TlsPlacement.HARDWARE, TlsPlacement.HARDWARE, TlsPlacement.SOFTWARE), Optional.of(measured(41.7, 0.42)),
            Optional.empty(),
            List.of(unplaced(pair + "-b", Role.CLIENT, Direction.RX, "hardware", "software"),
            unmet(UnmetExpectation.Field.LINE_RATE, "at least 80 %", "42 %")),
            List.of(new Diagnosis(SymptomName.of(Symptom.RX_FLAG_OFF), pair + "-b", "tls-hw-rx-offload: off",
            "RX offload is off by default.", "ethtool -k ens1f0np0", "bluerig apply")), Optional.empty());
    }

    public static Cell as(String pair, int cable, String version, TlsPlacement ruling) {
        return new Cell(new CableId(pair, cable), load(version), verdicts(pair, ruling, ruling, ruling), Optional.of(measured(12.3, 0.95)),
            Optional.empty(), List.of(), List.of(), Optional.empty());
    }

    public static UnmetExpectation unplaced(String machine, Role role, Direction direction, String expected, String found) {
        return new UnmetExpectation(UnmetExpectation.Field.PLACEMENT, Optional.of(machine), Optional.of(role), Optional.of(direction),
            expected,
            found, "");
    }

    private static UnmetExpectation unmet(UnmetExpectation.Field field, String expected, String found) {
        return new UnmetExpectation(field, Optional.empty(), Optional.empty(), Optional.empty(), expected, found, "");
    }

    public static Cell failed(String pair, int cable) {
        return new Cell(new CableId(pair, cable), load("1.2"), List.of(), Optional.empty(), Optional.empty(), List.of(), List.of(),
            Optional.of(new AgentFailure(new CodeName("PORT_IN_USE", CodeFamily.AGENT), "EADDRINUSE", "no port of 47000-47099 is free")));
    }

    private static List<HardwareSheet> sheets(String pair) {
        return Stream.of("a", "b").map(end -> new HardwareSheet(pair + "-" + end, List.of(
            new HardwareSheet.Row("card", "serial", "MT2333XZ0" + end, "MT2333XZ0" + end, ""),
            new HardwareSheet.Row("card", "PSID", "MT_0000000884", "MT_0000000884", ""),
            new HardwareSheet.Row("card", "firmware running", "32.43.1014", "32.43.1014", ""),
            new HardwareSheet.Row("PCIe", "speed and width", "16.0 GT/s x16", "16.0 GT/s x16", "the most the card can"),
            new HardwareSheet.Row("cable", "symbol errors", "0", "3", "rose by 3"),
            new HardwareSheet.Row("temperature", "card", "61 C", "74 C", ""),
            new HardwareSheet.Row("kernel log", "kernel log", "", "", "mlx5_core 0000:b1:00.0: temperature warning"),
            new HardwareSheet.Row("versions", "kernel", "6.12.0", "6.12.0", ""),
            new HardwareSheet.Row("temperature", "module", "", "", "ethtool -m: Operation not supported")))).toList();
    }

    public static TrialResult result(String pair, List<Cell> cells) {
        return new TrialResult(PROOF, "playbooks/acceptance.yaml:3:3", pair, TERMS, cells, sheets(pair), Optional.empty(),
            Optional.empty());
    }

    public static TrialResult accepted(String pair) {
        return result(pair, List.of(good(pair, 0, 94.1), good(pair, 1, 93.8)));
    }

    public static TrialResult mixed(String pair) {
        return result(pair, List.of(good(pair, 0, 94.1), bad(pair, 1), as(pair, 1, "1.3", TlsPlacement.SOFTWARE),
            as(pair, 0, "1.2", TlsPlacement.UNKNOWN), as(pair, 1, "1.2", TlsPlacement.USER_SPACE), failed(pair, 1)));
    }

    public static TrialResult precondition(String pair) {
        return new TrialResult(PROOF, "playbooks/acceptance.yaml:3:3", pair, TERMS, List.of(), List.of(),
            Optional.of(new Failure(new CodeName("PRECONDITION", CodeFamily.FORMER), "What the trial needs is not there.",
            List.of(new Change("module tls of " + pair + "-b", "loaded", "absent")), "lsmod has no tls", "bluerig apply")),
            Optional.empty());
    }

    public static TrialResult skipped(String pair) {
        return new TrialResult(PROOF, "playbooks/acceptance.yaml:3:3", pair, TERMS, List.of(), List.of(), Optional.empty(),
            Optional.of(new TrialSkip(TrialSkip.Reason.MACHINE_OUT, pair + "-a: failed offload")));
    }

    /// Every text that a machine or a user can bring is markup of some kind.
    public static TrialResult hostile() {
        var verdict = new Verdict(HOSTILE, Role.SERVER, Direction.TX, TlsPlacement.UNKNOWN,
            List.of(new Testimony(Witness.PATH, Statement.OBJECTS, HOSTILE, HOSTILE)));
        var cell = new Cell(new CableId(HOSTILE, 0), load("1.2"), List.of(verdict), Optional.of(measured(1, 1)),
            Optional.of(measured(2, 2)),
            List.of(new UnmetExpectation(UnmetExpectation.Field.OTHER, Optional.of(HOSTILE), Optional.empty(), Optional.empty(), HOSTILE,
            HOSTILE, HOSTILE)),
            List.of(new Diagnosis(new SymptomName("OTHER"), HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)),
            Optional.of(new AgentFailure(new CodeName("OTHER", CodeFamily.AGENT), HOSTILE, HOSTILE)));
        return new TrialResult(HOSTILE, HOSTILE, HOSTILE, new TrialTerms(List.of(HOSTILE), List.of(HOSTILE)), List.of(cell),
            List.of(new HardwareSheet(HOSTILE, List.of(new HardwareSheet.Row(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)))),
            Optional.of(new Failure(new CodeName("OTHER", CodeFamily.AGENT), HOSTILE, List.of(new Change(HOSTILE, HOSTILE, HOSTILE)),
            HOSTILE, HOSTILE)),
            Optional.of(new TrialSkip(TrialSkip.Reason.STOPPED, HOSTILE)));
    }

    /// Ninety-seven pairs that went well with figures of their own, and three that did not.
    public static List<TrialResult> hundred() {
        var all = new ArrayList<TrialResult>();
        for (int i = 1; i <= 100; i++) {
            String pair = "pair-%03d".formatted(i);
            all.add(i == 17 ? mixed(pair) : i == 42 ? precondition(pair) : i == 77 ? skipped(pair)
                : result(pair, List.of(good(pair, 0, 90 + i / 25.0), good(pair, 1, 95 - i / 50.0))));
        }
        return List.copyOf(all);
    }

    public static RunRecord run(Optional<String> lab, TrialResult... trials) {
        return run(lab, List.of(trials));
    }

    public static RunRecord run(Optional<String> lab, List<TrialResult> trials) {
        return new RunRecord("20260101T000000Z-0000", Mode.ACCEPT, Instant.EPOCH, Instant.EPOCH.plusSeconds(3), "lab@controller",
            "bluerig 0.1.0, Java 25",
            "inventory/bench.yaml", "playbooks/acceptance.yaml", lab, Optional.empty(), false, List.of(), trials,
            Map.of("bench-a", new Session.Traffic(1, 1, 2, 3)));
    }
}
