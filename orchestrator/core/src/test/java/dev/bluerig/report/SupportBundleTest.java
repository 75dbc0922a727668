package dev.bluerig.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.converge.Mode;
import dev.bluerig.converge.Outcome;
import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.InventoryEnvironment;
import dev.bluerig.inventory.InventoryReader;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import dev.bluerig.run.Journal;
import dev.bluerig.run.JournalEvent;
import dev.bluerig.run.OutcomeStatus;
import dev.bluerig.run.Redaction;
import dev.bluerig.run.RunRecord;
import dev.bluerig.run.TaskResult;
import dev.bluerig.run.WrittenJournal;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Json;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Remedy;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run that holds every kind of secret in every file, written by a bluerig that knew none of them; its bundle is read back.
class SupportBundleTest {
    private static final String ID = "20260101T000000Z-0000";
    private static final String KEY = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaENBTkFSWWtleWJvZHkx\nQ0FOQVJZa2V5Ym9keTJ\n"
        + "-----END OPENSSH PRIVATE KEY-----\n";
    /// What must not be found in any spelling that stands below.
    private static final List<String> CANARIES = List.of("CANARYenv&<\"", "CANARYfile", "CANARYsudo", "CANARYphrase", "CANARYbmc",
        "b3BlbnNzaENBTkFSWWtleWJvZHkx", "Q0FOQVJZa2V5Ym9keTJ", "CANARYstranger", "CANARYhash", "CANARYurl", "CANARYfield", "CANARY");

    @TempDir
    private Path directory;
    private Inventory inventory;
    private FormerRun run;

    @BeforeEach
    void run() throws IOException {
        Files.writeString(directory.resolve("key"), KEY);
        Path secret = Files.writeString(directory.resolve("secret"), "CANARYfile\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Path file = Files.writeString(directory.resolve("i.yaml"), """
            machines:
              host-a:
                kind: host
                address: 10.0.0.1
                ssh: {user: lab, password: {env: LOGIN}, sudo: password, sudo_password: {env: SUDO}, identity: key,
                  passphrase: {env: PHRASE}}
                vars: {mtu: 9000, bmc_password: CANARYbmc}
              host-b: {kind: host, address: 10.0.0.2, ssh: {user: lab, password: {file: secret}}}
            """);
        inventory = InventoryReader.read(file, new InventoryEnvironment(Map.of("LOGIN", "CANARYenv&<\"", "SUDO", "CANARYsudo", "PHRASE",
            "CANARYphrase"), directory));
        run = new FormerRun(Files.createDirectories(directory.resolve(ID)));
        String said = "CANARYenv&<\" CANARYfile CANARYsudo CANARYphrase CANARYbmc b3BlbnNzaENBTkFSWWtleWJvZHkx\n" + KEY
            + "wifi-password: CANARYstranger\nroot:$6$salt$CANARYhashhash:1\nhttps://lab:CANARYurl@git.example/\n";
        var change = new Change("802-1x.password", "CANARYfield1", "CANARYfield2");
        var results = new TreeMap<String, TaskResult>();
        for (String machine : List.of("host-a", "host-b"))
            results.put(machine,
                new TaskResult(OutcomeStatus.CHANGED, said, false, true, List.of(change), List.of(said), Optional.empty()));
        var record = new RunRecord(ID, Mode.APPLY, Instant.EPOCH, Instant.EPOCH, "lab@here", "bluerig 1", "i.yaml", "p.yaml",
            Optional.empty(), Optional.empty(), false, List.of(new RunRecord.PlayRecord("first", "p.yaml:1:3",
            List.of(new RunRecord.TaskRecord("command", "p.yaml:4:7", false, results)))), List.of(), Map.of());
        for (Reports.ReportFile page : Reports.FILES) write(page.name(), page.text().apply(record));
        var place = new JournalEvent.Place("first", "host-a", "command", "p.yaml:4:7");
        try (var journal = Journal.create(run.journal(), () -> Instant.EPOCH, Redaction.none())) {
            journal.began(ID, "APPLY", "i.yaml", "p.yaml", Optional.empty(), Optional.empty());
            var remedy = Remedy.of(List.of(Command.of("echo", said)), List.of(), Set.of());
            journal.acting(place, List.of(change), remedy);
            journal.acted(place, remedy, List.of(new Reply.Ran(0, said, said)));
            journal.outcome(place, new Outcome.Changed(List.of(change)));
        }
        Files.writeString(run.journal(), "{\"event\":\"danced\",\"token\":\"CANARYfield\",\"with\":\"CANARYsudo\"}\n{\"torn\":\"CANARYsudo "
            + "password: CANARYstranger", StandardOpenOption.APPEND);
        write("evidence/host-a/01-01-command.txt", "$ echo\n" + said);
        write("evidence/trials/01/pair/001.json", "{\"secret\": 17, \"said\": " + Json.quoted(said) + "}");
        write("evidence/trials/01/pair/002.json", "{\"cut\": \"CANARYsudo");
        write("defect.txt", "at dev.bluerig\n" + said);
        write("notes.txt", said);
        Files.createSymbolicLink(run.directory().resolve("evidence/link.txt"), directory.resolve("key"));
    }

    private void write(String name, String text) throws IOException {
        Path file = run.directory().resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Map<String, String> readBack(Path file) throws IOException {
        var texts = new TreeMap<String, String>();
        try (FileSystem zip = FileSystems.newFileSystem(file); Stream<Path> all = Files.walk(zip.getPath("/bluerig-" + ID))) {
            for (Path each : all.filter(Files::isRegularFile).toList())
                texts.put(zip.getPath("/bluerig-" + ID).relativize(each).toString(), Files.readString(each));
        }
        return texts;
    }

    private SupportBundle bundle() {
        var redaction = Redaction.of(inventory).strict(inventory);
        return SupportBundle.of(run, Map.of("inventory.json", Json.pretty(redaction.strangers(Redaction.seen(inventory)))), redaction);
    }

    @Test
    void no_secret_is_in_it_and_all_else_is() throws IOException {
        Path file = directory.resolve("b.zip");
        bundle().write(file);
        var texts = readBack(file);
        assertEquals(Set.of("contents.txt", "inventory.json", "run/defect.txt", "run/evidence/host-a/01-01-command.txt",
            "run/evidence/trials/01/pair/001.json", "run/journal.jsonl", "run/junit.xml", "run/report.html", "run/report.json",
            "run/report.md"), texts.keySet());
        texts.forEach((name, text) -> CANARIES.forEach(canary ->
            assertFalse(text.contains(canary), name + " holds " + canary + ": " + text)));
        var report = Report.read("report.json", texts.get("run/report.json")).run();
        assertEquals(List.of("host-a", "host-b"), report.plays().getFirst().machines());
        assertEquals(4, report(texts.get("run/journal.jsonl")).events().size(), texts.get("run/journal.jsonl"));
        assertTrue(texts.get("run/junit.xml").contains("host-a") && texts.get("run/report.md").contains("802-1x.password"));
        assertTrue(texts.get("inventory.json").contains("10.0.0.2") && texts.get("inventory.json").contains("9000"),
            texts.get("inventory.json"));
        String contents = texts.get("contents.txt");
        assertTrue(contents.contains("left out: run/notes.txt: not a file that a run writes")
            && contents.contains("left out: run/evidence/link.txt") && contents.contains("left out: run/evidence/trials/01/pair/002.json"),
            contents);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    private WrittenJournal report(String journal) throws IOException {
        return WrittenJournal.read(Files.writeString(directory.resolve("back.jsonl"), journal));
    }

    @Test
    void nothing_is_replaced_and_nothing_half_is_left() throws IOException {
        Path there = Files.writeString(directory.resolve("there.zip"), "mine");
        assertTrue(assertThrows(InvalidInput.class, () -> bundle().write(there)).getMessage().contains("it is there already"));
        assertEquals("mine", Files.readString(there));
        assertTrue(assertThrows(InvalidInput.class, () -> bundle().write(directory.resolve("no/b.zip"))).getMessage()
            .contains("no such file or directory"));
    }

    @Test
    void of_a_killed_run_there_is_the_journal() throws IOException {
        for (Reports.ReportFile page : Reports.FILES) Files.delete(run.directory().resolve(page.name()));
        Path file = directory.resolve("b.zip");
        bundle().write(file);
        assertEquals(4, report(readBack(file).get("run/journal.jsonl")).events().size());
    }
}
