package dev.bluerig.cli;

import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.Machine;
import dev.bluerig.report.FormerRun;
import dev.bluerig.report.SupportBundle;
import dev.bluerig.run.Connections;
import dev.bluerig.run.ExitCode;
import dev.bluerig.run.JournalEvent;
import dev.bluerig.run.MachineFacts;
import dev.bluerig.run.Redaction;
import dev.bluerig.run.RunStart;
import dev.bluerig.run.WrittenJournal;
import dev.bluerig.source.Binder;
import dev.bluerig.source.BoundedFile;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Json;
import dev.bluerig.source.Location;
import dev.bluerig.source.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/// `bluerig bundle`: what a bug report needs of one run, without secrets.
@CommandLine.Command(name = "bundle", mixinStandardHelpOptions = true,
    footer = {"", "Secrets of the inventory, private keys and what looks like a password become ***. Names and addresses stay: look at it"
        + " before you send it."})
final class BundleCommand implements Callable<ExitCode> {
    private static final int FORKS = 50;
    private static final long PATIENCE_SECONDS = 10;
    private static final int MOST = 4096;

    private final Terminal terminal;
    private final CliContext context;

    @CommandLine.Mixin
    private ProjectOptions project = new ProjectOptions();

    @CommandLine.Option(names = "--runs", paramLabel = "DIR", description = "where runs are recorded (default: runs/ of the project)")
    private Optional<Path> runs = Optional.empty();

    @CommandLine.Option(names = "--to", paramLabel = "FILE", description = "the file, which must not exist (default: bluerig-RUN.zip here)")
    private Optional<Path> to = Optional.empty();

    @CommandLine.Option(names = "--offline", description = "ask no machine for facts")
    private boolean offline;

    @CommandLine.Parameters(paramLabel = "RUN", description = "the beginning of a run's name, or `last`")
    private String run;

    BundleCommand(Terminal terminal, CliContext context) {
        this.terminal = terminal;
        this.context = context;
    }

    @Override
    public ExitCode call() {
        var all = FormerRun.all(runs.map(context.directory()::resolve).orElse(project.directory(context).resolve("runs")).normalize());
        var former = run.equals("last") && !all.isEmpty() ? all.getLast() : FormerRun.named(all, run);
        Path file = context.directory().resolve(to.orElse(Path.of("bluerig-" + former.name() + ".zip")));
        SupportBundle.refuseExisting(file);
        var start = start(former);
        start.ifPresent(began -> project.otherwise(began, context));
        var read = inventory(former, start);
        var redaction = project.redaction().strict(read.inventory());
        if (former.isUnderWay()) terminal.complain("note: the run is still under way");
        missing(read.inventory());
        var bundle = SupportBundle.of(former, more(read, start, redaction), redaction);
        bundle.write(file);
        terminal.say(file + ", without secrets; names and addresses stay, so look at it before you send it:");
        bundle.contents().forEach(line -> terminal.say("  " + line));
        return ExitCode.DONE;
    }

    private static Optional<RunStart> start(FormerRun former) {
        try {
            return WrittenJournal.read(former.journal()).events(JournalEvent.RunBegan.class).findFirst()
                .flatMap(JournalEvent.RunBegan::start);
        } catch (InvalidInput unreadable) {
            return Optional.empty();
        }
    }

    /// Whoever does not know the secrets cannot take them out.
    private ProjectOptions.Read inventory(FormerRun former, Optional<RunStart> start) {
        if (start.isEmpty() && !project.inventoryIsGiven())
            throw new InvalidInput(Location.file("bundle"), former.name() + " does not tell its inventory, and without it no secret is"
                + " known: name it with -i");
        return project.inventory(context);
    }

    private void missing(Inventory inventory) {
        inventory.machines().values().stream().flatMap(machine -> machine.ssh().missing().stream()).distinct().forEach(problem ->
            terminal.complain("note: not known here, and taken out only where the run did so: " + problem));
    }

    private Map<String, String> more(ProjectOptions.Read read, Optional<RunStart> start, Redaction redaction) {
        var more = new LinkedHashMap<String, String>();
        more.put("versions.txt", redaction.of(versions()));
        more.put("inventory.json", Json.pretty(redaction.strangers(Redaction.seen(read.inventory()))));
        start.ifPresent(began -> more.put("playbook.yaml", playbook(began.playbook().file(), redaction)));
        if (!offline) more.put("facts.json", facts(read, redaction));
        return more;
    }

    /// As it is now; comments are left out.
    private static String playbook(String file, Redaction redaction) {
        try {
            return Yaml.write(redaction.strangers(Yaml.read(file, BoundedFile.text(Path.of(file), Yaml.SIZE, Location.file(file),
                "the playbook"))));
        } catch (InvalidInput unreadable) {
            return "# " + redaction.of(unreadable.problems().getFirst().message()) + "\n";
        }
    }

    private String facts(ProjectOptions.Read read, Redaction redaction) {
        List<Machine> machines = project.limited(read.inventory());
        terminal.complain("asking " + machines.size() + " machines for facts (--offline asks none)");
        try (var dialing = context.dialing().open(read.inventory(), read.file());
             var connections = new Connections(read.inventory(), dialing.dialer())) {
            return Json.pretty(redaction.fields(Binder.unbind(new MachineFacts(Optional.empty(), connections, redaction)
                .of(machines, FORKS))));
        }
    }

    private static String versions() {
        return String.join("\n", "bluerig " + BuildVersion.text(), "Java " + Runtime.version() + " " + System.getProperty("java.vendor"),
            System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + System.getProperty("os.arch"),
            "locale " + Locale.getDefault().toLanguageTag() + ", " + System.getProperty("stdout.encoding"),
            "ssh: " + said("ssh", "-V"), "") + said("cat", "/etc/os-release") + "\n";
    }

    private static String said(String... words) {
        try {
            Process process = new ProcessBuilder(words).redirectErrorStream(true).redirectInput(ProcessBuilder.Redirect.from(
                Path.of("/dev/null").toFile())).start();
            String said = new String(process.getInputStream().readNBytes(MOST), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly();
            return said;
        } catch (IOException absent) {
            return "(" + absent.getMessage() + ")";
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("nobody interrupts the main thread", interrupted);
        }
    }
}
