package dev.bluerig.cli;

import dev.bluerig.converge.Mode;
import dev.bluerig.inventory.FoldedNames;
import dev.bluerig.playbook.ResolvedItem;
import dev.bluerig.playbook.ResolvedPlay;
import dev.bluerig.playbook.ResolvedTrial;
import dev.bluerig.report.Report;
import dev.bluerig.report.Reports;
import dev.bluerig.run.AtomicFile;
import dev.bluerig.run.ExitCode;
import dev.bluerig.run.Journal;
import dev.bluerig.run.Plan;
import dev.bluerig.run.PlanFingerprint;
import dev.bluerig.run.RecordError;
import dev.bluerig.run.Redaction;
import dev.bluerig.run.RemedyLog;
import dev.bluerig.run.Run;
import dev.bluerig.run.Resume;
import dev.bluerig.run.RunCode;
import dev.bluerig.run.RunDirectory;
import dev.bluerig.run.RunListener;
import dev.bluerig.run.RunLock;
import dev.bluerig.run.RunRecord;
import dev.bluerig.run.RunStart;
import dev.bluerig.source.BoundedFile;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Location;
import dev.bluerig.source.NearestName;
import dev.bluerig.trial.agent.AgentRuntime;
import dev.bluerig.trial.run.TrialResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What `check`, `apply` and `accept` have in common: read everything, run it, report it.
final class PlaybookRun {
    /// Where `./mvnw package` leaves the agent and its runtime.
    private static final String PAYLOAD = "orchestrator/ktls/target/pair";

    private static final String LOST = "not everything of this run could be kept: ";

    private final Terminal terminal;
    private final CliContext context;
    private final ProjectOptions project;
    private final RunOptions options;
    private final RunChoice trying;
    private final Optional<Resume> resume;

    /// `only`: the one trial that is run. `purge`: afterwards remove what was brought to hosts for trials. `arm`: what would be refused is
    /// armed for so long.
    record RunChoice(Optional<String> only, boolean purge, Optional<Duration> arm) {
        RunChoice(Optional<String> only, boolean purge) {
            this(only, purge, Optional.empty());
        }

        static RunChoice armed(Optional<Duration> arm) {
            return new RunChoice(Optional.empty(), false, arm);
        }
    }

    PlaybookRun(Terminal terminal, CliContext context, ProjectOptions project, RunOptions options, RunChoice trying,
        Optional<Resume> resume) {
        this.resume = resume;
        this.terminal = terminal;
        this.context = context;
        this.project = project;
        this.options = options;
        this.trying = trying;
    }

    /// `save`: where a check leaves its plan. `plan`: what an apply may do.
    ExitCode go(Mode mode, String playbook, Optional<Path> save, Optional<Path> plan) throws IOException {
        if (options.forks() < 1) throw new InvalidInput(Location.file("--forks"), "at least 1, found " + options.forks());
        var ready = chosen(project.ready(context, playbook));
        var agreed = plan.map(file -> agreed(file, ready));
        save.ifPresent(this::writable);
        var start = start(ready, plan, agreed);
        resume.ifPresent(former -> former.differences(start).forEach(each -> terminal.complain("note: " + each)));
        if (mode != Mode.APPLY) return go(mode, ready, save, agreed, start);
        try (var _ = RunLock.take(ready.read().file())) {
            return go(mode, ready, save, agreed, start);
        }
    }

    private RunStart start(ProjectOptions.Ready ready, Optional<Path> plan, Optional<Plan> agreed) {
        var allowed = agreed.map(each -> new Plan.BoundFile(absolute(plan.orElseThrow()), fingerprint(ready).of(each)));
        return new RunStart(context.user(), BuildVersion.full(), ProcessHandle.current().pid(), absolute(project.directory(context)),
            new Plan.BoundFile(absolute(ready.read().file()), inventory(ready).sha256()),
            new Plan.BoundFile(absolute(ready.playbook()), playbook(ready).sha256()), project.limit(), options.forks(), allowed,
            resume.map(Resume::run));
    }

    private String absolute(Path file) {
        return context.directory().toAbsolutePath().resolve(file).normalize().toString();
    }

    private ProjectOptions.Ready chosen(ProjectOptions.Ready ready) {
        if (trying.only().isEmpty()) return ready;
        String name = trying.only().get();
        var known = ready.stages().stream().flatMap(PlaybookRun::trial).toList();
        if (!known.contains(name))
            throw new InvalidInput(Location.file("--trial"), "the playbook has no trial `" + name + "`" + NearestName.to(name, known)
                .map(near -> "; did you mean `" + near + "`?")
                .orElse(known.isEmpty() ? ", and no other" : "; it has " + String.join("; ", known)));
        return new ProjectOptions.Ready(ready.read(), ready.playbook(),
            ready.stages().stream().filter(stage -> trial(stage).allMatch(name::equals)).toList());
    }

    private static Stream<String> trial(ResolvedItem item) {
        return switch (item) {
            case ResolvedPlay play -> Stream.empty();
            case ResolvedTrial trial -> Stream.of(trial.item().name());
        };
    }

    private Plan agreed(Path file, ProjectOptions.Ready ready) {
        Plan plan =
            Plan.read(file.toString(), BoundedFile.text(context.directory().resolve(file), BoundedFile.JSON, Location.file(file.toString()),
            "the plan"));
        plan.mustBe(file.toString(), BuildVersion.full(), inventory(ready), playbook(ready));
        return plan;
    }

    private static PlanFingerprint fingerprint(ProjectOptions.Ready ready) {
        return PlanFingerprint.without(Redaction.of(ready.read().inventory()));
    }

    private static Plan.BoundFile inventory(ProjectOptions.Ready ready) {
        return new Plan.BoundFile(ready.read().file().toString(), fingerprint(ready).of(ready.read().inventory()));
    }

    private static Plan.BoundFile playbook(ProjectOptions.Ready ready) {
        return new Plan.BoundFile(ready.playbook().toString(), fingerprint(ready).of(ready.stages()));
    }

    /// Told before anything is asked, not after it all.
    private void writable(Path save) {
        try {
            AtomicFile.probe(context.directory().resolve(save));
        } catch (IOException unwritable) {
            throw new InvalidInput(Location.file(save.toString()), "cannot keep a plan here: " + RecordError.words(unwritable));
        }
    }

    private ExitCode go(Mode mode, ProjectOptions.Ready ready, Optional<Path> save, Optional<Plan> plan, RunStart start) {
        var redaction = Redaction.of(ready.read().inventory());
        var directory = RunDirectory.create(options.runs(project, context), context.clock().instant(), context.random());
        try {
            return recorded(mode, ready, save, plan, directory, redaction, start);
        } catch (InvalidInput unfit) {
            directory.discard();
            throw unfit;
        } catch (RuntimeException | Error defect) {
            return new Bluerig(terminal, context).defect(defect, redaction, Optional.of(met(directory)));
        }
    }

    private ExitCode recorded(Mode mode, ProjectOptions.Ready ready, Optional<Path> save, Optional<Plan> plan, RunDirectory directory,
        Redaction redaction, RunStart start) {
        if (!options.json()) resume.ifPresent(former -> terminal.say("resuming " + former.run() + ", where " + former.done().size()
            + " tasks were done: all are asked for again"));
        var ended = ended(mode, ready, plan, directory, redaction, start);
        RunRecord run = marked(redaction.of(RunRecord.class, ended.record()));
        var made = redaction.of(Plan.class, Plan.of(run, inventory(ready), playbook(ready), ended.steps()));
        var unwritten = new ArrayList<String>();
        if (ended.unwritten()) unwritten.add("journal and evidence end early: " + directory.path());
        Reports.write(run, directory).forEach(why -> unwritten.add(LOST + why));
        save.ifPresent(file -> keep(file, made, unwritten));
        if (options.json()) terminal.print(Report.of(run).json());
        else said(run, directory, save, made);
        unwritten.forEach(why -> terminal.complain(RunCode.JOURNAL_UNWRITABLE + ": " + why));
        boolean good = run.exit() == ExitCode.DONE || run.exit() == ExitCode.CHANGES;
        ExitCode exit = good && !unwritten.isEmpty() ? ExitCode.FAILED : run.exit();
        if (run.interrupted() || ended.defects().isEmpty()) return exit;
        return new Bluerig(terminal, context).defect(ended.defects().getFirst(), redaction, Optional.of(met(directory)));
    }

    private Bluerig.MetIn met(RunDirectory directory) {
        Path runs = directory.path().getParent();
        boolean usual = absolute(runs).equals(absolute(Path.of("runs")));
        return new Bluerig.MetIn(directory.path(), "bluerig bundle " + directory.id() + (usual ? "" : " --runs " + runs));
    }

    /// What became of the machines is told all the same.
    private void keep(Path file, Plan plan, List<String> unwritten) {
        try {
            AtomicFile.write(context.directory().resolve(file), plan.json());
        } catch (IOException full) {
            unwritten.add(LOST + "the plan: " + RecordError.words(full));
        }
    }

    private Run.Ended ended(Mode mode, ProjectOptions.Ready ready, Optional<Plan> plan, RunDirectory directory, Redaction redaction,
        RunStart start) {
        Path inventory = ready.read().file();
        var terms = new Run.Terms(mode, options.forks(), plan, context.stop(), context::wait, context.clock(),
            new Run.TrialSetup(AgentRuntime.in(context.home().resolve(PAYLOAD)), trying.purge()), trying.arm());
        try (var journal = journal(directory, redaction);
             var dialing = context.dialing().open(ready.read().inventory(), inventory)) {
            var records = new Run.Records(directory.id(), start, inventory.toString(), ready.playbook().toString(), journal,
                new RemedyLog(directory.evidence(), redaction));
            return new Run(ready.read().inventory(), terms, records, progress(redaction)).play(ready.stages(), dialing.dialer());
        }
    }

    private Journal journal(RunDirectory directory, Redaction redaction) {
        try {
            return Journal.create(directory.journal(), context.clock(), redaction);
        } catch (IOException unwritable) {
            throw new InvalidInput(Location.file(directory.journal().toString()), RunCode.JOURNAL_UNWRITABLE + ": "
                + RecordError.words(unwritable) + "; make room, or name another place with --runs");
        }
    }

    private RunRecord marked(RunRecord run) {
        return resume.map(former -> former.marked(run)).orElse(run);
    }

    private RunRecord.PlayRecord marked(RunRecord.PlayRecord play) {
        return resume.map(former -> former.marked(play)).orElse(play);
    }

    private RunListener progress(Redaction redaction) {
        var text = new TextReport(terminal);
        return options.json() ? new LiveLine(terminal, play -> { }, trial -> { })
            : new LiveLine(terminal, play -> text.play(marked(redaction.of(RunRecord.PlayRecord.class, play))),
            trials -> text.trials(redaction.of(TrialResult.class, trials)));
    }

    private void said(RunRecord run, RunDirectory directory, Optional<Path> save, Plan made) {
        var report = new TextReport(terminal);
        report.counts(run);
        report.notice(run);
        save.ifPresent(file -> terminal.say("plan: " + file + " (" + made.steps().size() + " changes)" + hindered(made) + unseen(run)));
        Path page = directory.path().resolve(run.mode() == Mode.ACCEPT ? "report.html" : "report.md");
        if (Files.exists(page)) terminal.say("report: " + page);
    }

    /// A plan that cannot be carried out whole is not shown as one that can.
    private static String hindered(Plan made) {
        var machines = made.failures().stream().map(Plan.ForeseenFailure::machine).distinct().toList();
        return machines.isEmpty() ? "" : "; it cannot succeed on " + FoldedNames.names(machines) + ": see the failures above";
    }

    /// `apply --plan` leaves these as they are, so whoever saves the plan is told now.
    private static String unseen(RunRecord run) {
        var unseen = run.plays().stream().flatMap(play -> play.machines().stream()).distinct()
            .filter(machine -> !run.traffic().containsKey(machine)).toList();
        return unseen.isEmpty() ? "" : "; it says nothing of " + FoldedNames.names(unseen)
            + ", not seen by this check: apply the plan, then check and save again";
    }
}
