package dev.bluerig.run;

import dev.bluerig.converge.Mode;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Location;
import dev.bluerig.source.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// A run that `apply --resume` goes on with. Convergence itself is the check of what was done: every task is asked for again, what holds
/// is ok, and the rest is done. This says what was asked then, whether it is the same now, and what did not hold.
///
/// `done`: the tasks that were as wanted when it ended, or were made so.
public record Resume(String run, RunStart start, Set<JournalEvent.Place> done, Options given) {
    private static final String ANEW = "; `bluerig apply` does what is still to be done";

    public Resume {
        done = Set.copyOf(done);
    }

    /// What the user names this time, and so means as it is now.
    public record Options(boolean inventory, boolean playbook, boolean plan) {}

    /// Throws `InvalidInput` for a run that there is nothing to go on with.
    public static Resume of(String run, Path file, Options given) {
        var journal = WrittenJournal.read(file);
        var began = journal.events(JournalEvent.RunBegan.class).findFirst()
            .orElseThrow(() -> refused(run, "its journal does not tell how it began" + ANEW));
        if (!began.mode().equals(Mode.APPLY.name()))
            throw refused(run, "it is of `" + began.mode().toLowerCase(Locale.ROOT) + "`, and only an apply is resumed");
        var start = began.start().orElseThrow(() -> refused(run, "it is of a bluerig that did not keep what it was given" + ANEW));
        if (JournalLock.isHeld(file))
            throw refused(run, "it is still under way, as process " + start.process() + " of " + start.by()
                + ": wait for its end, or stop it there with `kill " + start.process() + "`");
        if (journal.events(JournalEvent.RunEnded.class).anyMatch(over -> over.exit() == ExitCode.DONE.number()))
            throw refused(run, "it ended well, so there is nothing to go on with; `bluerig check` tells whether all of it still holds");
        return new Resume(run, start, done(journal), given);
    }

    private static InvalidInput refused(String run, String why) {
        return new InvalidInput(Location.file("--resume"), run + ": " + why);
    }

    private static Set<JournalEvent.Place> done(WrittenJournal journal) {
        var done = new HashSet<JournalEvent.Place>();
        journal.events(JournalEvent.TaskEnded.class).forEach(end -> {
            switch (end.result().outcome()) {
                case OK, CHANGED -> done.add(key(end.place()));
                case WOULD_CHANGE, FAILED, UNKNOWN, UNREACHABLE, SKIPPED -> done.remove(key(end.place()));
            }
        });
        return done;
    }

    /// The same from wherever it is run: a file's place among directories is how the user wrote it.
    private static JournalEvent.Place key(JournalEvent.Place place) {
        return new JournalEvent.Place(place.play(), place.machine(), place.task(), place.at().substring(place.at().lastIndexOf('/') + 1));
    }

    /// What is not as it was then, in words. Throws `InvalidInput` where that matters and nobody has said that it is meant.
    public List<String> differences(RunStart now) {
        var notes = new ArrayList<String>();
        var problems = new ArrayList<Problem>();
        compare("inventory", "-i", given.inventory, start.inventory(), now.inventory(), notes, problems);
        compare("playbook", "PLAYBOOK", given.playbook, start.playbook(), now.playbook(), notes, problems);
        if (start.plan().isPresent() && now.plan().isPresent())
            compare("plan", "--plan", given.plan, start.plan().get(), now.plan().get(), notes, problems);
        if (start.plan().isEmpty() && now.plan().isPresent()) notes.add(run + " had no plan");
        if (!start.program().equals(now.program())) notes.add(run + " was of " + start.program() + ", this is " + now.program());
        if (!start.limit().equals(now.limit()))
            notes.add(run + " was for " + start.limit().orElse("all machines") + ", this is for " + now.limit().orElse("all machines"));
        if (!problems.isEmpty()) throw new InvalidInput(problems);
        return List.copyOf(notes);
    }

    private void compare(String what, String option, boolean meant, Plan.BoundFile then, Plan.BoundFile now, List<String> notes,
        List<Problem> problems) {
        if (then.sha256().equals(now.sha256())) return;
        String differs = then.file().equals(now.file()) ? "the " + what + " " + now.file() + " (or what it is made of) has changed since "
            + run + " began" : run + " was of the " + what + " " + then.file() + ", this is " + now.file();
        if (meant) notes.add(differs);
        else problems.add(new Problem(Location.file(now.file()), differs + "; to go on with it as it is now, name it (" + option + ")"));
    }

    /// A task that was done then and had to be done again says so.
    public RunRecord.PlayRecord marked(RunRecord.PlayRecord play) {
        var tasks = new ArrayList<RunRecord.TaskRecord>();
        for (RunRecord.TaskRecord task : play.tasks()) {
            var results = new LinkedHashMap<String, TaskResult>();
            task.results().forEach((machine, result) -> results.put(machine,
                result.outcome() == OutcomeStatus.CHANGED
                && done.contains(key(new JournalEvent.Place(play.name(), machine, task.task(), task.at())))
                    ? result.noted("done by " + run + ", and it did not hold") : result));
            tasks.add(new RunRecord.TaskRecord(task.task(), task.at(), task.escape(), results));
        }
        return new RunRecord.PlayRecord(play.name(), play.at(), tasks);
    }

    public RunRecord marked(RunRecord record) {
        return new RunRecord(record.id(), record.mode(), record.started(), record.ended(), record.by(), record.program(),
            record.inventory(), record.playbook(), record.lab(), Optional.of(run), record.interrupted(),
            record.plays().stream().map(this::marked).toList(), record.trials(), record.traffic());
    }
}
