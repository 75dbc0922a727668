package dev.bluerig.fuzz;

import dev.bluerig.fact.tls.CapturedSegments;
import dev.bluerig.inventory.InventoryEnvironment;
import dev.bluerig.inventory.InventoryReader;
import dev.bluerig.playbook.PlaybookReader;
import dev.bluerig.playbook.TaskNames;
import dev.bluerig.protocol.AgentCommand;
import dev.bluerig.protocol.AgentEvent;
import dev.bluerig.protocol.AgentSettings;
import dev.bluerig.protocol.CoreList;
import dev.bluerig.protocol.JsonReader;
import dev.bluerig.protocol.Lease;
import dev.bluerig.protocol.MalformedLine;
import dev.bluerig.remote.hostkey.FuzzedKnownHosts;
import dev.bluerig.remote.shell.FuzzedFraming;
import dev.bluerig.remote.ssh.FuzzedSshTexts;
import dev.bluerig.report.Report;
import dev.bluerig.run.Plan;
import dev.bluerig.run.WrittenJournal;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Json;
import dev.bluerig.source.Renderer;
import dev.bluerig.source.Yaml;
import dev.bluerig.task.TaskCatalogue;
import dev.bluerig.task.diff.Change;
import dev.bluerig.trial.deploy.FuzzedHostProbe;
import dev.bluerig.trial.spec.ByteCount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// The parsers of what people write, of what bluerig wrote itself, of the lines of the agents, and of the streams of a shell.
final class FuzzedFiles {
    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
    private static final Path NOWHERE = Path.of("/nonexistent");
    private static final InventoryEnvironment NO_ENVIRONMENT = new InventoryEnvironment(Map.of(), NOWHERE);
    private static final TaskNames TASKS = TaskNames.of(TaskCatalogue.all());
    private static final Map<String, Object> VARIABLES = Map.of("mtu", 9000L, "name", "host-a",
        "machine", Map.of("ports", List.of(Map.of("pci", "0000:b1:00.0"))));

    private FuzzedFiles() {}

    static List<FuzzedParser> parsers() {
        Path scratch = scratch();
        return List.of(
            FuzzedParser.of("yaml", files("inventory", "playbooks"), text -> Yaml.read("f", text), InvalidInput.class),
            FuzzedParser.of("json", List::of, text -> Json.read("f", text), InvalidInput.class),
            FuzzedParser.of("printed-json", List::of, text -> Json.readPrinted("f", text), InvalidInput.class),
            FuzzedParser.of("inventory", small(files("inventory")),
                text -> InventoryReader.read(written(scratch, text), NO_ENVIRONMENT), InvalidInput.class),
            FuzzedParser.of("playbook", files("playbooks"), text -> PlaybookReader.read(written(scratch, text), TASKS, NOWHERE),
                InvalidInput.class),
            FuzzedParser.of("template", files("templates"), text -> Renderer.text("t", text, VARIABLES), InvalidInput.class),
            FuzzedParser.of("yaml-template", files("templates"), text -> Renderer.tree("t", text, VARIABLES), InvalidInput.class),
            FuzzedParser.of("known-hosts", List::of, text -> FuzzedKnownHosts.read(written(scratch, text), text)),
            FuzzedParser.of("ssh-config", List::of, FuzzedSshTexts::read),
            FuzzedParser.of("plan", () -> List.of(plan().getBytes(StandardCharsets.UTF_8)), text -> Plan.read("f", text),
                InvalidInput.class),
            FuzzedParser.of("report", List::of, text -> Report.read("f", text), InvalidInput.class),
            FuzzedParser.of("journal", List::of, text -> WrittenJournal.read(written(scratch, text)), InvalidInput.class),
            new FuzzedParser("framing", List::of, FuzzedFraming::read, Set.of()),
            new FuzzedParser("capture", List::of, CapturedSegments::parse, Set.of(IllegalArgumentException.class)),
            FuzzedParser.of("agent-json", List::of, JsonReader::read, MalformedLine.class),
            FuzzedParser.of("agent-event", List::of, AgentEvent::read, MalformedLine.class),
            FuzzedParser.of("agent-command", List::of, text -> AgentCommand.read(JsonReader.read(text)), MalformedLine.class),
            FuzzedParser.of("agent-settings", List::of, text -> AgentSettings.read(JsonReader.read(text)), MalformedLine.class),
            FuzzedParser.of("lease", List::of, text -> Lease.read("f", text), MalformedLine.class),
            FuzzedParser.of("core-list", words("0-3,8", "0", "4095"), CoreList::read, IllegalArgumentException.class),
            FuzzedParser.of("byte-count", words("1 GiB", "1500 B", "20kB"), ByteCount::new, IllegalArgumentException.class),
            FuzzedParser.of("host-probe", List::of, text -> FuzzedHostProbe.read(new SpokenMachine(text)),
                FuzzedHostProbe.REFUSAL));
    }

    private static Path scratch() {
        try {
            Path file = Files.createTempFile("fuzzed", ".yaml");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    /// Those who read a file get one.
    private static Path written(Path scratch, String text) throws IOException {
        return Files.writeString(scratch, text.replaceAll("\\p{Cs}", "?"));
    }

    private static Supplier<List<byte[]>> words(String... words) {
        return () -> List.of(words).stream().map(word -> word.getBytes(StandardCharsets.UTF_8)).toList();
    }

    /// Ranges of a fleet are cut, so that there is time for more than one.
    private static Supplier<List<byte[]>> small(Supplier<List<byte[]>> seeds) {
        return () -> seeds.get().stream().map(seed -> new String(seed, StandardCharsets.UTF_8).replace("200]", "005]")
            .replace("[1:005]", "[1:5]").replace("[0:199]", "[0:4]").getBytes(StandardCharsets.UTF_8)).toList();
    }

    private static Supplier<List<byte[]>> files(String... directories) {
        return () -> {
            var seeds = new ArrayList<byte[]>();
            for (String directory : directories) seeds.addAll(FuzzedParsers.files(PROJECT.resolve(directory)));
            return seeds;
        };
    }

    private static String plan() {
        var change = new Change("p0 mtu", "9216", "1500");
        var command = new Plan.PlannedCommand("ip link set dev p0 mtu 9216", "0f");
        var file = new Plan.BoundFile("a.yaml", "1");
        var step = new Plan.Step(1, "ports", 2, "interface", "dpu-a", true, "wanted", List.of(change), List.of(command), List.of(command));
        return new Plan(Plan.SCHEMA, "bluerig 1", Instant.EPOCH, file, file, List.of(step),
            List.of(new Plan.ForeseenFailure("ports", "interface", "dpu-a", "LINK_BELONGS"))).json();
    }
}
