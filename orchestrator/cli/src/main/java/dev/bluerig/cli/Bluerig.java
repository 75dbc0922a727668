package dev.bluerig.cli;

import dev.bluerig.run.ExitCode;
import dev.bluerig.run.RecordError;
import dev.bluerig.run.Redaction;
import dev.bluerig.source.InvalidInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine;

/// The command line: which words mean what, and how each way of failing leaves the process.
public final class Bluerig {
    private static final Map<String, CommandType> COMMANDS = commands();

    private final Terminal terminal;
    private final CliContext context;

    /// What makes an annotated command, or its ready command line.
    private interface CommandFactory {
        Object of(Terminal terminal, CliContext context);
    }

    /// `title`: what it is for.
    private record CommandType(String title, CommandFactory factory) {
        /// Nothing of its options.
        CommandLine.Model.CommandSpec outline() {
            var spec = CommandLine.Model.CommandSpec.create();
            spec.usageMessage().description(title);
            return spec;
        }
    }

    public Bluerig(Terminal terminal, CliContext context) {
        this.terminal = terminal;
        this.context = context;
    }

    public ExitCode run(String... words) {
        var line = new CommandLine(root());
        addCommands(line, words);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setOut(new PrintWriter(new LineWriter(terminal::print), true));
        line.setErr(new PrintWriter(new LineWriter(text -> text.lines().forEach(terminal::complain)), true));
        line.setParameterExceptionHandler((wrong, given) -> usage(wrong));
        line.setExecutionStrategy(this::execute);
        line.setExecutionExceptionHandler((thrown, command, parsed) -> failed(thrown, redaction(command)));
        int number = line.execute(words);
        return Stream.of(ExitCode.values()).filter(code -> code.number() == number).findFirst().orElseThrow();
    }

    /// In the order in which `--help` shows them.
    private static Map<String, CommandType> commands() {
        var commands = new LinkedHashMap<String, CommandType>();
        commands.put("demo", new CommandType(
            "bring up a simulated pair of hosts and DPUs: check, apply, apply again, accept with its trials; needs nothing"
            + " but the JDK", DemoCommand::new));
        commands.put("lint", new CommandType("check inventories, playbooks and templates; connects to nothing", LintCommand::new));
        commands.put("render", new CommandType(
            "print the tasks of each machine with all templates filled in; connects to nothing", RenderCommand::new));
        commands.put("facts", new CommandType("ask machines for facts and print them; changes nothing", FactsCommand::new));
        commands.put("check", new CommandType("say what apply would change; changes nothing", CheckCommand::new));
        commands.put("apply", new CommandType("make every machine as the playbook wants it", ApplyCommand::new));
        commands.put("accept", new CommandType(
            "say whether everything is as wanted, and run the trials; any difference fails and nothing is changed", AcceptCommand::new));
        commands.put("witness", new CommandType(
            "look at both ends of a cable before, during and after a command of your own, and say where its TLS was"
            + " handled; nothing on the machines is touched", WitnessCommand::new));
        commands.put("explain", new CommandType(
            "list the tasks; explain one task, the trial, the witnesses, one code, or the inventory", ExplainCommand::new));
        commands.put("enrol", new CommandType(
            "put host keys on file, change factory passwords, install your key; doing it again changes nothing", EnrolCommand::new));
        commands.put("lab", new CommandType("start and end test-beds without hardware", LabCommand::line));
        commands.put("runs", new CommandType("list former runs, or show one", RunsCommand::new));
        commands.put("bundle", new CommandType(
            "put what a bug report needs of a run into one zip file, without secrets: journal, reports, evidence, versions,"
            + " inventory, playbook, and the facts of its machines as they are now", BundleCommand::new));
        return commands;
    }

    /// The one command that is named, because reading the annotations of all of them costs more than a short command. Where words are
    /// options alone (`--help`) no command can run, and what each is for suffices.
    private void addCommands(CommandLine line, String[] words) {
        if (words.length > 0 && COMMANDS.containsKey(words[0])) add(line, words[0]);
        else if (Stream.of(words).allMatch(word -> word.startsWith("-")))
            COMMANDS.forEach((name, command) -> line.addSubcommand(name, command.outline()));
        else COMMANDS.keySet().forEach(name -> add(line, name));
    }

    private void add(CommandLine line, String name) {
        CommandType command = COMMANDS.get(name);
        line.addSubcommand(name, command.factory.of(terminal, context));
        line.getSubcommands().get(name).getCommandSpec().usageMessage().description(command.title);
    }

    /// picocli hands on exceptions only, and takes numbers only for what a command returns.
    private int execute(CommandLine.ParseResult parsed) {
        boolean told = parsed.isUsageHelpRequested() || parsed.isVersionHelpRequested();
        if (!told && !parsed.hasSubcommand())
            throw new CommandLine.ParameterException(parsed.commandSpec().commandLine(), "a command is missing");
        try {
            int number = new CommandLine.RunLast().execute(parsed);
            return parsed.asCommandLineList().getLast().getExecutionResult() instanceof ExitCode code ? code.number() : number;
        } catch (Error broken) {
            return defect(broken, redaction(parsed.asCommandLineList().getLast()), Optional.empty()).number();
        }
    }

    /// What the command has read of inventories is kept by its `ProjectOptions`.
    private static Redaction redaction(CommandLine command) {
        return command.getCommandSpec().mixins().values().stream().map(CommandLine.Model.CommandSpec::userObject)
            .filter(ProjectOptions.class::isInstance)
            .map(each -> ((ProjectOptions) each).redaction()).reduce(Redaction.none(), Redaction::and);
    }

    /// Hands what picocli prints to the terminal, whole lines at a time.
    private static final class LineWriter extends StringWriter {
        private final Consumer<String> to;

        LineWriter(Consumer<String> to) {
            this.to = to;
        }

        @Override
        public void flush() {
            String text = toString();
            if (!text.isEmpty()) to.accept(text);
            getBuffer().setLength(0);
        }
    }

    /// Without annotations, because reading them costs more than printing `--help`. The options are as picocli's own
    /// (`mixinStandardHelpOptions`).
    private static CommandLine.Model.CommandSpec root() {
        var spec = CommandLine.Model.CommandSpec.create().name("bluerig").versionProvider(new BuildVersion())
            .addOption(CommandLine.Model.OptionSpec.builder("-h", "--help").usageHelp(true)
                .description("Show this help message and exit.").build())
            .addOption(CommandLine.Model.OptionSpec.builder("-V", "--version").versionHelp(true)
                .description("Print version information and exit.").build());
        spec.usageMessage().autoWidth(true).description("Brings up, wires and accepts BlueField DPU test-beds over SSH.").footer("",
            "Exit: 0 done, 1 a task failed, 2 check found changes, 3 a machine is unreachable, 4 bad input or usage, 70 a"
            + " defect of bluerig, 130 interrupted.",
            "Begin with: bluerig demo");
        return spec;
    }

    private int usage(CommandLine.ParameterException wrong) {
        terminal.complain(wrong.getMessage());
        var near = CommandLine.UnmatchedArgumentException.printSuggestions(wrong, wrong.getCommandLine().getErr());
        if (!near) terminal.complain("see: " + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ExitCode.BAD_INPUT.number();
    }

    private int failed(Exception thrown, Redaction redaction) {
        terminal.status("");
        if (!(thrown instanceof InvalidInput invalid)) return defect(thrown, redaction, Optional.empty()).number();
        invalid.problems().forEach(problem -> terminal.complain(problem.at() + ": " + redaction.of(problem.message())));
        int count = invalid.problems().size();
        terminal.complain(count + (count == 1 ? " problem" : " problems") + "; nothing was connected");
        return ExitCode.BAD_INPUT.number();
    }

    /// Of a run that met a bug of ours: where it is recorded, and the command that collects all of it.
    record MetIn(Path run, String bundle) {}

    /// Our own bug is the only thing with a stack trace, and it goes to a file: of a run, among what it leaves.
    ExitCode defect(Throwable thrown, Redaction redaction, Optional<MetIn> met) {
        var trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace, true));
        String text = "bluerig " + BuildVersion.text() + ", Java " + Runtime.version() + ", " + System.getProperty("os.name") + " "
            + System.getProperty("os.version") + "\n" + redaction.of(trace.toString());
        String what = redaction.of(thrown.toString());
        try {
            if (met.isPresent()) {
                Files.writeString(met.get().run().resolve("defect.txt"), text);
                terminal.complain("this is a defect of bluerig, please send us what `" + met.get().bundle() + "` makes: " + what);
                return ExitCode.DEFECT;
            }
            Path file = Files.createTempFile("bluerig-defect-", ".txt");
            Files.writeString(file, text);
            terminal.complain("this is a defect of bluerig, please send us " + file + ": " + what);
        } catch (IOException unwritable) {
            terminal.complain("this is a defect of bluerig, and no file could be written (" + RecordError.words(unwritable) + "): " + what);
        }
        return ExitCode.DEFECT;
    }
}
