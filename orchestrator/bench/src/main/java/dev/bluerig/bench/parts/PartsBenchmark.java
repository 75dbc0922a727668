package dev.bluerig.bench.parts;

import dev.bluerig.bench.fleet.FleetPlan;
import dev.bluerig.bench.fleet.Way;
import dev.bluerig.bench.job.JobFiles;
import dev.bluerig.converge.Mode;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Facts;
import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.InventoryReader;
import dev.bluerig.playbook.Playbook;
import dev.bluerig.playbook.PlaybookReader;
import dev.bluerig.playbook.PlaybookResolver;
import dev.bluerig.playbook.ResolvedItem;
import dev.bluerig.playbook.ResolvedPlay;
import dev.bluerig.playbook.ResolvedTask;
import dev.bluerig.playbook.TaskNames;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.remote.shell.Elevation;
import dev.bluerig.remote.shell.ShellSession;
import dev.bluerig.report.Reports;
import dev.bluerig.run.OutcomeStatus;
import dev.bluerig.run.RunDirectory;
import dev.bluerig.run.RunRecord;
import dev.bluerig.run.TaskResult;
import dev.bluerig.task.Task;
import dev.bluerig.task.TaskCatalogue;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Diff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// The hot inner parts of an apply on 200 machines of the bench, where there is nothing to do.
@State(Scope.Benchmark)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PartsBenchmark {
    private static final int MACHINES = 200;

    private Path directory;
    private Path inventoryFile;
    private Inventory inventory;
    private Playbook playbook;
    private Map<String, List<ResolvedTask>> one;
    private Map<String, Recording> recordings;
    private Map<String, Facts> seen;
    private List<Command> questions;
    private Session shell;
    private RunRecord run;

    @Setup
    public void setUp() throws IOException, Unreachable {
        directory = Files.createTempDirectory("bluerig-parts");
        var plan = new FleetPlan(MACHINES, Way.DIRECT);
        inventoryFile = Files.writeString(directory.resolve("inventory.yaml"), plan.inventory(directory.resolve("id_ed25519")));
        JobFiles.project(directory);
        inventory = InventoryReader.read(inventoryFile);
        playbook = PlaybookReader.read(directory.resolve("playbooks/job.yaml"), TaskNames.of(TaskCatalogue.all()), directory);
        List<ResolvedItem> plays = resolve();
        one = new LinkedHashMap<>();
        for (ResolvedItem item : plays)
            if (item instanceof ResolvedPlay play) {
                String first = play.machines().keySet().iterator().next();
                one.put(first.substring(0, first.indexOf('-')), play.machines().get(first));
            }
        recordings = new LinkedHashMap<>();
        seen = new LinkedHashMap<>();
        for (String kind : one.keySet()) {
            recordings.put(kind, Recording.of(kind));
            seen.put(kind, facts(kind));
        }
        Recording dpu = recordings.get("dpu");
        questions = dpu.asked();
        List<Reply.Ran> answers = questions.stream().map(dpu::answer).toList();
        shell = new ShellSession(new RecordedTransport(answers), new Elevation.None(), Duration.ofSeconds(10),
            ShellSession.LIMIT).started();
        run = record(plays);
    }

    @TearDown
    public void tearDown() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(each);
        }
    }

    /// The inventory of 200 machines, an entry each.
    @Benchmark
    public Inventory inventory() {
        return InventoryReader.read(inventoryFile);
    }

    /// Templates rendered and bound to tasks, for all machines.
    @Benchmark
    public List<ResolvedItem> rendering() {
        return resolve();
    }

    private List<ResolvedItem> resolve() {
        return PlaybookResolver.of(playbook, inventory, Set.of());
    }

    /// The answers of one host become facts.
    @Benchmark
    public Facts facts_of_a_host() throws Unreachable {
        return facts("host");
    }

    /// The answers of one DPU become facts.
    @Benchmark
    public Facts facts_of_a_dpu() throws Unreachable {
        return facts("dpu");
    }

    private Facts facts(String kind) throws Unreachable {
        var asked = new LinkedHashSet<Fact.Question<?>>();
        for (ResolvedTask task : one.get(kind)) asked.addAll(task.task().wants().questions());
        var facts = new Facts(recordings.get(kind));
        facts.ask(asked);
        return facts;
    }

    /// All tasks of one host and one DPU against what was seen.
    @Benchmark
    public List<Diff> diff() {
        var all = new ArrayList<Diff>();
        one.forEach((kind, tasks) -> tasks.forEach(task -> all.add(judged(task.task(), seen.get(kind)))));
        return all;
    }

    private static <S> Diff judged(Task<S> task, Facts facts) {
        return task.judge(facts.get(task.wants()));
    }

    /// All questions to one DPU there and back: quoted, framed, cut out of the streams, decoded.
    @Benchmark
    public List<Reply> framing() throws Unreachable {
        return shell.exchange(Exchange.asking(questions));
    }

    /// All four reports of a run that changed something on 200 machines.
    @Benchmark
    public void reports() throws IOException {
        Reports.write(run, new RunDirectory("parts", directory));
    }

    private static RunRecord record(List<ResolvedItem> items) {
        var changes = List.of(new Change("ens5f0np0 mtu", "9000", "1500"), new Change("ens5f0np0 admin state", "up", "down"));
        var changed = new TaskResult(OutcomeStatus.CHANGED, "", false, true, changes, List.of(), Optional.empty());
        var traffic = new LinkedHashMap<String, Session.Traffic>();
        var plays = new ArrayList<RunRecord.PlayRecord>();
        for (ResolvedItem item : items)
            if (item instanceof ResolvedPlay play) {
                var tasks = new ArrayList<RunRecord.TaskRecord>();
                for (String name : List.of("firmware", "kernel", "interface", "offload")) {
                    var results = new LinkedHashMap<String, TaskResult>();
                    play.machines().keySet().forEach(machine -> results.put(machine, changed));
                    tasks.add(new RunRecord.TaskRecord(name, "job.yaml:4:7", false, results));
                }
                play.machines().keySet().forEach(machine -> traffic.put(machine, new Session.Traffic(1, 1, 7, 65)));
                plays.add(new RunRecord.PlayRecord(play.play().name(), "job.yaml:1:3", tasks));
            }
        return new RunRecord("20261122T000000Z-0000", Mode.APPLY, Instant.EPOCH, Instant.EPOCH.plusSeconds(9), "lab@controller", "0.1.0",
            "inventory.yaml", "job.yaml", Optional.of("bench"), Optional.empty(), false, plays, List.of(), traffic);
    }
}
