package dev.bluerig.run;

import dev.bluerig.converge.SkipReason;
import dev.bluerig.diagnostic.CodeName;
import dev.bluerig.inventory.Inventory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// What all machines of a run share.
final class RunContext {
    private final Inventory inventory;
    private final Run.Terms terms;
    private final Connections connections;
    private final Run.Records records;
    private final RunListener progress;
    private final SharedReadings readings = new SharedReadings();
    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicBoolean broken = new AtomicBoolean();
    private final List<Throwable> defects = new ArrayList<>();
    private final List<Plan.Step> steps = new ArrayList<>();

    RunContext(Inventory inventory, Run.Terms terms, Connections connections, Run.Records records, RunListener progress) {
        this.inventory = inventory;
        this.terms = terms;
        this.connections = connections;
        this.records = records;
        this.progress = progress;
    }

    Inventory inventory() {
        return inventory;
    }

    Run.Terms terms() {
        return terms;
    }

    Connections connections() {
        return connections;
    }

    /// A remedy or a trial is about to change something on some machine, or has ended: what was seen in between is of before or of after.
    void changes() {
        changes.incrementAndGet();
    }

    /// How often that was so.
    int changesSoFar() {
        return changes.get();
    }

    SharedReadings readings() {
        return readings;
    }

    /// Its name.
    String run() {
        return records.id();
    }

    Journal journal() {
        return records.journal();
    }

    RemedyLog evidence() {
        return records.evidence();
    }

    RunListener progress() {
        return progress;
    }

    /// Read between tasks, why nothing more is begun: the user's Ctrl-C, or a journal that cannot be written.
    Supplier<Optional<SkipReason.Stopped>> stop() {
        return () -> broken.get() ? Optional.of(new SkipReason.Stopped(Optional.of(CodeName.of(RunCode.JOURNAL_UNWRITABLE))))
            : terms.stop().getAsBoolean() ? Optional.of(new SkipReason.Stopped(Optional.empty())) : Optional.empty();
    }

    void broken() {
        broken.set(true);
    }

    PlanFingerprint fingerprint() {
        return PlanFingerprint.without(records.evidence().redaction());
    }

    /// In check mode: what apply would do.
    synchronized void foreseen(Plan.Step step) {
        steps.add(step);
    }

    /// In the order in which apply would do it, machine by machine.
    synchronized List<Plan.Step> steps() {
        return steps.stream().sorted(Comparator.comparingInt(Plan.Step::play).thenComparingInt(Plan.Step::position)
            .thenComparing(Plan.Step::machine)).toList();
    }

    /// Something could not be written.
    boolean isBroken() {
        return broken.get();
    }

    synchronized void defect(Throwable defect) {
        defects.add(defect);
    }

    synchronized List<Throwable> defects() {
        return List.copyOf(defects);
    }
}
