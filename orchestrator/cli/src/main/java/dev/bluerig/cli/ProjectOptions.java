package dev.bluerig.cli;

import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.InventoryReader;
import dev.bluerig.inventory.Machine;
import dev.bluerig.playbook.Playbook;
import dev.bluerig.playbook.PlaybookReader;
import dev.bluerig.playbook.PlaybookResolver;
import dev.bluerig.playbook.ResolvedItem;
import dev.bluerig.playbook.TaskNames;
import dev.bluerig.run.Redaction;
import dev.bluerig.run.RunStart;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Location;
import dev.bluerig.source.Problem;
import dev.bluerig.task.TaskCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/// The options that say which test-bed and which files: shared by all commands that read them.
final class ProjectOptions {
    @Option(names = "-C", paramLabel = "DIR", description = "the project: where inventory/, playbooks/ and templates/ lie (default: here)")
    private Optional<Path> directory = Optional.empty();

    @Option(names = {"-i", "--inventory"}, paramLabel = "FILE", description = "the inventory; a bare name is looked for in inventory/"
        + " (default: $BLUERIG_INVENTORY, or the only file there)")
    private Optional<String> inventory = Optional.empty();

    @Option(names = "--limit", paramLabel = "MACHINES", description = "only these: names, groups, ranges, patterns")
    private Optional<String> limit = Optional.empty();

    private Redaction redaction = Redaction.none();

    /// Hides the secrets of what was read so far.
    Redaction redaction() {
        return redaction;
    }

    /// For what was not given: as that run had it.
    void otherwise(RunStart start, CliContext context) {
        if (directory.isEmpty()) directory = Optional.of(Path.of(shown(start.project(), context)));
        if (inventory.isEmpty()) inventory = Optional.of(shown(start.inventory().file(), context));
        if (limit.isEmpty()) limit = start.limit();
    }

    /// As the user would write it from here.
    static String shown(String file, CliContext context) {
        Path here = context.directory().toAbsolutePath();
        Path there = Path.of(file);
        return there.startsWith(here) ? here.relativize(there).toString() : file;
    }

    /// By an option, and not by the environment.
    boolean inventoryIsGiven() {
        return inventory.isPresent();
    }

    /// As it was written.
    Optional<String> limit() {
        return limit;
    }

    /// An inventory and where it was read.
    record Read(Path file, Inventory inventory) {}

    /// Everything a run needs, without a fault.
    record Ready(Read read, Path playbook, List<ResolvedItem> stages) {}

    Path directory(CliContext context) {
        return directory.map(context.directory()::resolve).orElse(context.directory());
    }

    Read inventory(CliContext context) {
        Path file = inventoryFile(context);
        var read = InventoryReader.read(file);
        redaction = redaction.and(Redaction.of(read));
        return new Read(file, read);
    }

    Path inventoryFile(CliContext context) {
        var named = inventory.or(() -> Optional.ofNullable(context.environment().get("BLUERIG_INVENTORY")).filter(text -> !text.isBlank()));
        if (named.isPresent()) return named(context, "inventory", named.get());
        var all = yaml(directory(context).resolve("inventory"));
        if (all.size() == 1) return all.getFirst();
        throw new InvalidInput(Location.file(directory(context).resolve("inventory").normalize().toString()), all.isEmpty()
            ? "no inventory here; name one with -i FILE, or the project with -C DIR" : "which inventory? say it with -i: "
            + String.join(", ", all.stream().map(Path::toString).toList()));
    }

    boolean inventoryIsNamed(CliContext context) {
        return inventory.isPresent() || !context.environment().getOrDefault("BLUERIG_INVENTORY", "").isBlank();
    }

    Path playbook(CliContext context, String name) {
        return named(context, "playbooks", name);
    }

    /// As it stands, else below the project's directory of that kind, with or without `.yaml`.
    private Path named(CliContext context, String kind, String name) {
        Path written = context.directory().resolve(name).normalize();
        Path below = directory(context).resolve(kind);
        return Stream.of(written, directory(context).resolve(name), below.resolve(name), below.resolve(name + ".yaml"))
            .filter(Files::isRegularFile).findFirst().map(Path::normalize).orElse(written);
    }

    static List<Path> yaml(Path directory) {
        if (!Files.isDirectory(directory)) return List.of();
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".yaml") && !file.getFileName().toString().startsWith("."))
                .map(Path::normalize).sorted().toList();
        } catch (IOException unreadable) {
            throw new InvalidInput(Location.file(directory.toString()), "cannot read: " + unreadable.getMessage());
        }
    }

    /// The problems of both files together.
    Ready ready(CliContext context, String playbookName) {
        Path file = playbook(context, playbookName);
        var problems = new ArrayList<Problem>();
        var read = gather(problems, () -> inventory(context));
        var playbook = gather(problems, () -> playbook(context, file));
        if (!problems.isEmpty()) throw new InvalidInput(problems);
        return ready(read.orElseThrow(), file, playbook.orElseThrow());
    }

    Playbook playbook(CliContext context, Path file) {
        return PlaybookReader.read(file, TaskNames.of(TaskCatalogue.all()), directory(context));
    }

    Ready ready(Read read, Path file, Playbook playbook) {
        return new Ready(read, file, PlaybookResolver.of(playbook, read.inventory(), limit(read.inventory())));
    }

    private static <T> Optional<T> gather(List<Problem> problems, Supplier<T> reader) {
        try {
            return Optional.of(reader.get());
        } catch (InvalidInput invalid) {
            problems.addAll(invalid.problems());
            return Optional.empty();
        }
    }

    private Set<String> limit(Inventory inventory) {
        if (limit.isEmpty()) return Set.of();
        return new LinkedHashSet<>(limited(inventory).stream().map(Machine::name).toList());
    }

    /// The machines of `--limit`, or all.
    List<Machine> limited(Inventory inventory) {
        return limit.map(text -> inventory.select(Location.file("--limit"), text)).orElse(List.copyOf(inventory.machines().values()));
    }
}
