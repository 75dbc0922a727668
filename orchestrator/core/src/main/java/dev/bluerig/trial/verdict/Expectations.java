package dev.bluerig.trial.verdict;

import dev.bluerig.fact.Reading;
import dev.bluerig.protocol.Role;
import dev.bluerig.protocol.TlsConf;
import dev.bluerig.source.VisibleText;
import dev.bluerig.trial.evidence.CounterDelta;
import dev.bluerig.trial.evidence.EndObservation;
import dev.bluerig.trial.evidence.Evidence;
import dev.bluerig.trial.evidence.FigureText;
import dev.bluerig.trial.evidence.HostHealth;
import dev.bluerig.trial.evidence.Readings;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.spec.Expect;
import dev.bluerig.trial.spec.Thresholds;
import dev.bluerig.trial.spec.TlsPlacement;
import dev.bluerig.trial.verdict.UnmetExpectation.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Holds a run against what the trial expects of it. What is expected and cannot be told is unmet, too.
public final class Expectations {
    private final List<UnmetExpectation> unmet = new ArrayList<>();

    private Expectations() {}

    /// `hostHealth`: of the two hosts and of the DPUs that are ours.
    public static List<UnmetExpectation> of(Expect expect, Evidence evidence, List<Verdict> verdicts, Measurement on,
        List<HostHealth> health) {
        var all = new Expectations();
        expect.tx().ifPresent(wanted -> all.rulings(wanted, Direction.TX, verdicts));
        expect.rx().ifPresent(wanted -> all.rulings(wanted, Direction.RX, verdicts));
        for (Role role : Role.values()) all.decryptErrors(expect, evidence, role);
        all.intact(evidence);
        all.wire(verdicts);
        all.throughput(expect, evidence, on);
        all.machines(expect, health);
        if (expect.flows() == Expect.Flows.OFFLOADED) all.flows(health);
        return List.copyOf(all.unmet);
    }

    /// What an expectation is about.
    private record Subject(Field field, Optional<String> machine, Optional<Role> role, Optional<Direction> direction) {
        static Subject of(Field field) {
            return new Subject(field, Optional.empty(), Optional.empty(), Optional.empty());
        }

        static Subject of(Field field, String machine) {
            return new Subject(field, Optional.of(machine), Optional.empty(), Optional.empty());
        }

        static Subject received(Field field, EndObservation end, Role role) {
            return new Subject(field, Optional.of(end.machine()), Optional.of(role), Optional.of(Direction.RX));
        }
    }

    private void unmet(Subject of, String expected, String found) {
        unmet(of, expected, found, "");
    }

    private void unmet(Subject of, String expected, String found, String reasons) {
        unmet.add(new UnmetExpectation(of.field, of.machine, of.role, of.direction, expected, found, reasons));
    }

    private void rulings(TlsPlacement wanted, Direction direction, List<Verdict> verdicts) {
        var judged = verdicts.stream().filter(verdict -> verdict.half() == direction).toList();
        if (judged.isEmpty())
            unmet(new Subject(Field.PLACEMENT, Optional.empty(), Optional.empty(), Optional.of(direction)), VisibleText.words(wanted),
                "no end was judged");
        for (Verdict verdict : judged)
            if (verdict.ruling() != wanted)
                unmet(new Subject(Field.PLACEMENT, Optional.of(verdict.machine()), Optional.of(verdict.role()), Optional.of(direction)),
                    VisibleText.words(wanted),
                    VisibleText.words(verdict.ruling()), reasons(verdict, wanted));
    }

    /// Those witnesses that do not say what was wanted; the others are in the verdict.
    private static String reasons(Verdict verdict, TlsPlacement wanted) {
        var other = verdict.testimonies().stream()
            .filter(testimony -> testimony.says() != Testimony.Statement.NOT_CALLED && !testimony.says().isPlacement(wanted))
            .filter(testimony -> wanted == TlsPlacement.HARDWARE || testimony.says() == Testimony.Statement.OBJECTS
            || testimony.witness().places()).toList();
        // nothing reached the kernel: that others are silent says nothing more
        boolean program = verdict.ruling() == TlsPlacement.USER_SPACE;
        return String.join("; ", other.stream().filter(testimony -> !program || testimony.says() != Testimony.Statement.SILENT)
            .map(testimony -> VisibleText.words(testimony.witness()) + ": " + testimony.seen()).toList());
    }

    private void decryptErrors(Expect expect, Evidence evidence, Role role) {
        EndObservation end = evidence.on().of(role);
        if (!evidence.load().sends(role == Role.SERVER ? Role.CLIENT : Role.SERVER)) return;
        boolean kernel = end.pair().samples().isEmpty()
            || end.pair().samples().stream().anyMatch(sample -> !sample.receive().ifKnown().equals(Optional.of(TlsConf.PROGRAM)));
        if (!kernel) return;
        DirectionEvidence received = new DirectionEvidence(evidence, role, Direction.RX, Thresholds.DEFAULT);
        Subject what = Subject.received(Field.DECRYPT_ERRORS, end, role);
        switch (received.kernel("TlsDecryptError")) {
            case CounterDelta.Increase(long count) when count > expect.decryptErrors() ->
                unmet(what, "at most " + expect.decryptErrors(), FigureText.count(count));
            case CounterDelta.Increase few -> { }
            case CounterDelta.Reset(String why) -> unmet(what, "at most " + expect.decryptErrors(), why);
            case CounterDelta.Unknown(String why) -> unmet(what, "at most " + expect.decryptErrors(), "not known: " + why);
        }
    }

    /// Demanded of every trial, whatever it expects: payload that arrives changed is no measurement of anything.
    private void intact(Evidence evidence) {
        for (Role role : Role.values()) {
            EndObservation end = evidence.on().of(role);
            if (evidence.load().sends(role == Role.SERVER ? Role.CLIENT : Role.SERVER))
                UnchangedWitness.broken(new DirectionEvidence(evidence, role, Direction.RX, Thresholds.DEFAULT))
                    .ifPresent(found -> unmet(Subject.received(Field.PAYLOAD, end, role), "arrives as it was sent", found));
        }
    }

    /// A trial that wants a capture demands what it should show.
    private void wire(List<Verdict> verdicts) {
        verdicts.stream().flatMap(verdict -> verdict.testimonies().stream()).filter(testimony -> testimony.witness() == Witness.WIRE)
            .filter(testimony -> testimony.says() != Testimony.Statement.HARDWARE && testimony.says() != Testimony.Statement.NOT_CALLED)
            .distinct()
            .forEach(testimony -> unmet(Subject.of(Field.WIRE), testimony.required(),
            (testimony.says() == Testimony.Statement.SILENT ? "not known: " : "") + testimony.seen()));
    }

    private void throughput(Expect expect, Evidence evidence, Measurement on) {
        expect.lineRate().ifPresent(least -> atLeast(Subject.of(Field.LINE_RATE), least, on.lineShare(), on.lineShare() < 0));
        expect.gigabits().ifPresent(least -> {
            if (evidence.load().sends(Role.CLIENT))
                atLeast(Subject.of(Field.GIGABITS, evidence.on().server().machine()), least, on.gigabitsToServer(),
                    on.gigabitsToServer() <= 0);
            if (evidence.load().sends(Role.SERVER))
                atLeast(Subject.of(Field.GIGABITS, evidence.on().client().machine()), least, on.gigabitsToClient(),
                    on.gigabitsToClient() <= 0);
        });
        expect.cpuPerGigabyte().ifPresent(most -> {
            atMost(Subject.of(Field.CPU_PER_GIGABYTE, evidence.on().server().machine()), most, on.cpuPerGigabyteServer());
            atMost(Subject.of(Field.CPU_PER_GIGABYTE, evidence.on().client().machine()), most, on.cpuPerGigabyteClient());
        });
        expect.retransmits().ifPresent(most -> atMost(Subject.of(Field.RETRANSMITS), most, on.retransmits()));
    }

    private void atLeast(Subject what, double least, double found, boolean unknown) {
        if (unknown || Double.isNaN(found)) unmet(what, "at least " + FigureText.figure(least), "not known");
        else if (found < least) unmet(what, "at least " + FigureText.figure(least), FigureText.figure(found));
    }

    private void atMost(Subject what, double most, double found) {
        if (found < 0 || Double.isNaN(found)) unmet(what, "at most " + FigureText.figure(most), "not known");
        else if (found > most) unmet(what, "at most " + FigureText.figure(most), FigureText.figure(found));
    }

    private void machines(Expect expect, List<HostHealth> health) {
        expect.linkErrors().ifPresent(most -> {
            if (health.isEmpty()) unmet(Subject.of(Field.LINK_ERRORS), "at most " + most, "not known");
            health.forEach(machine -> limited(Subject.of(Field.LINK_ERRORS, machine.machine()), "at most " + most, machine.linkErrors(),
                count -> count <= most));
        });
        expect.temperatureBelow().ifPresent(limit -> {
            if (health.isEmpty()) unmet(Subject.of(Field.TEMPERATURE_BELOW), "below " + limit, "not known");
            health.forEach(machine -> limited(Subject.of(Field.TEMPERATURE_BELOW, machine.machine()), "below " + limit,
                machine.temperature(), degrees -> degrees < limit));
        });
    }

    private <T> void limited(Subject what, String expected, Reading<T> reading, Predicate<T> good) {
        Optional<T> seen = reading.ifKnown();
        if (seen.isEmpty()) unmet(what, expected, "not known: " + Readings.why(reading));
        else if (!good.test(seen.get())) unmet(what, expected, seen.get().toString());
    }

    /// Hosts have no flows; that no machine told of any is unmet.
    private void flows(List<HostHealth> health) {
        var told = health.stream().filter(machine -> machine.flows().ifKnown().isPresent()).toList();
        if (told.isEmpty())
            unmet(Subject.of(Field.FLOWS), "offloaded", "not known: "
                + String.join("; ", health.stream().map(machine -> machine.machine() + ": " + Readings.why(machine.flows())).toList()));
        for (HostHealth machine : told) {
            HostHealth.Flows flows = machine.flows().ifKnown().orElseThrow();
            if (flows.offloaded() == 0 || flows.inSoftware() > 0)
                unmet(Subject.of(Field.FLOWS, machine.machine()), "offloaded", flows.offloaded() + " in the eswitch, " + flows.inSoftware()
                    + " on the DPU's cores");
        }
    }
}
