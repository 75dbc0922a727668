package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.sim.Fault;
import dev.bluerig.sim.SimLab;
import dev.bluerig.sim.SimTopology;
import dev.bluerig.source.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A person makes factory-fresh machines known: what is asked, what is done, and what to do next when it cannot be done.
class EnrolTest {
    private static final String FACTORY = "ubuntu";
    private static final String FRESH = "Brand-New-Secret-27!";
    private static final String WRONG = "mistyped-secret-31";

    /// Types what it was given, in order; empty when it has no more to say.
    private static final class Typist implements Keyboard {
        private final ArrayDeque<String> words;
        private final List<String> asked = new ArrayList<>();

        Typist(String... words) {
            this.words = new ArrayDeque<>(List.of(words));
        }

        @Override
        public Optional<String> line(String question) {
            asked.add(question);
            return Optional.ofNullable(words.poll());
        }

        @Override
        public Optional<Secret> hidden(String question) {
            return line(question).map(Secret::new);
        }
    }

    private SimLab lab;
    private Path inventory;
    private Path known;
    private CommandLineHarness harness;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        lab = SimLab.start(new SimTopology(1, true, "", List.of(new Fault.ChangedHostKey("host-b"))));
        inventory = lab.writeInventory(directory.resolve("lab"));
        known = inventory.resolveSibling("known_hosts");
        harness = new CommandLineHarness(directory);
    }

    @AfterEach
    void end() throws IOException {
        var unknown = lab.unknownCommands();
        lab.close();
        assertEquals(Map.of(), unknown, "nothing is proven by commands that the lab does not model");
    }

    private void forget(String... names) throws IOException {
        Files.writeString(known, Files.readAllLines(known).stream().filter(line -> !List.of(names).contains(line.split("[ ,]")[0]))
            .map(line -> line + "\n").collect(Collectors.joining()));
    }

    private String hostA() {
        return "[127.71.0.1]:" + lab.port();
    }

    private CommandLineHarness.Result enrol(Typist typist, String... more) {
        var words = new ArrayList<>(List.of("enrol", "-i", inventory.toString()));
        words.addAll(List.of(more));
        var result = harness.run(LabCommands.SSH, typist, words.toArray(String[]::new));
        for (String secret : List.of("word " + FACTORY + "\n", FRESH, WRONG))
            assertFalse((result.out() + result.err()).contains(secret), result.out() + result.err());
        return result;
    }

    private void wayIsUp() {
        var result = harness.run(LabCommands.SSH, "apply", "-i", inventory.toString(), "-C", CommandLineHarness.repository().toString(),
            "--runs", inventory.resolveSibling("runs").toString(),
            "dpu-way", "--limit", "host-a");
        assertEquals(0, result.exit(), result.out() + result.err());
    }

    private static void stopped(CommandLineHarness.Result result, String code, String next) {
        assertEquals(3, result.exit(), result.out());
        assertTrue(result.out().contains(": " + code + ": "), result.out());
        assertTrue(result.out().contains("next: " + next), result.out());
    }

    @Test
    void a_factory_fresh_pair_is_enrolled_and_enrolling_again_changes_nothing() throws IOException {
        forget(hostA(), "dpu-a");
        var first = new Typist("yes");
        stopped(enrol(first, "host-a,dpu-a"), "CHANNEL_REFUSED", "bluerig apply -i " + inventory + " dpu-way --limit host-a ");
        assertEquals(1, first.asked.size(), first.asked.toString());
        wayIsUp();

        var second = new Typist("yes", FRESH, FRESH);
        var result = enrol(second, "host-a,dpu-a");
        assertEquals(0, result.exit(), result.out());
        assertTrue(result.out().contains("host-a: nothing to do\n"), result.out());
        assertTrue(result.out().contains("dpu-a shows the host key ssh-ed25519 SHA256:"), result.out());
        assertTrue(result.out().contains("dpu-a: host key on file: dpu-a ssh-ed25519 SHA256:"), result.out());
        assertTrue(result.out().contains("; password of ubuntu changed; key "), result.out());
        assertEquals(3, second.asked.size(), second.asked.toString());

        String filed = Files.readString(known);
        var third = new Typist();
        assertEquals(new CommandLineHarness.Result(0, "host-a: nothing to do\ndpu-a: nothing to do\n", ""), enrol(third, "host-a,dpu-a"));
        assertEquals(List.of(), third.asked);
        assertEquals(filed, Files.readString(known));
        assertEquals(0, harness.run(LabCommands.SSH, "facts", "-i", inventory.toString(), "--limit", "dpu-a", "ovs").exit(),
            "the key alone opens it now");
    }

    @Test
    void a_key_that_is_not_trusted_is_not_filed_and_the_dpu_behind_names_its_host() throws IOException {
        forget(hostA());
        String before = Files.readString(known);
        var result = enrol(new Typist("no"), "host-a,dpu-a");
        stopped(result, "HOST_KEY_UNKNOWN", "nothing was filed");
        stopped(result, "HOST_UNREACHABLE", "mend the host first: bluerig enrol -i " + inventory + " host-a");
        assertEquals(before, Files.readString(known));
    }

    @Test
    void without_a_terminal_nothing_is_trusted_until_yes_is_said() throws IOException {
        forget(hostA());
        stopped(enrol(new Typist(), "host-a"), "HOST_KEY_UNKNOWN", "nobody could be asked: ");
        var typist = new Typist();
        var result = enrol(typist, "host-a", "--yes");
        assertEquals(0, result.exit(), result.out());
        assertTrue(result.out().contains("host-a shows the host key ssh-ed25519 SHA256:"), result.out());
        assertEquals(List.of(), typist.asked);
    }

    @Test
    void without_a_terminal_an_expired_password_stays() {
        wayIsUp();
        stopped(enrol(new Typist(), "dpu-a"), "PASSWORD_EXPIRED", "nobody could be asked for a password: run this in a terminal");
    }

    @Test
    void a_changed_host_key_is_replaced_by_name_and_asked_about() throws IOException {
        stopped(enrol(new Typist(), "host-b"), "HOST_KEY_CHANGED", "after a reinstall: bluerig enrol -i " + inventory
            + " --replace host-b");
        assertEquals(4, enrol(new Typist(), "--replace").exit());
        String before = Files.readString(known);
        stopped(enrol(new Typist("no"), "--replace", "host-b"), "HOST_KEY_UNKNOWN", "nothing was filed");
        assertEquals(before, Files.readString(known));
        var result = enrol(new Typist("yes"), "--replace", "host-b");
        assertEquals(0, result.exit(), result.out());
        assertTrue(result.out().contains("  on file is ssh-ed25519 SHA256:"), result.out());
        assertTrue(result.out().contains("host-b: host key replaced: "), result.out());
        assertEquals("host-b: nothing to do\n", enrol(new Typist(), "host-b").out());
    }

    @Test
    void a_password_of_the_inventory_that_is_wrong_is_asked_for() throws IOException {
        wayIsUp();
        Files.writeString(inventory, Files.readString(inventory).replace("password: ubuntu", "password: other"));
        var mistyped = new Typist(WRONG);
        stopped(enrol(mistyped, "dpu-a"), "LOGIN_REFUSED", "correct `ssh.user`, `ssh.identity` or `ssh.password`");
        assertEquals(List.of("password of ubuntu on dpu-a: "), mistyped.asked);
        var result = enrol(new Typist(FACTORY, FRESH, FRESH), "dpu-a");
        assertEquals(0, result.exit(), result.out());
    }

    @Test
    void a_new_password_may_be_mistyped_but_not_for_ever() {
        wayIsUp();
        var hopeless = new Typist(FRESH, WRONG, FRESH, WRONG, FRESH, WRONG);
        stopped(enrol(hopeless, "dpu-a"), "PASSWORD_EXPIRED", "do this again and type the same new password twice");
        assertEquals(6, hopeless.asked.size());
        var result = enrol(new Typist(FRESH, WRONG, FRESH, FRESH), "dpu-a");
        assertEquals(0, result.exit(), result.out());
        assertEquals("the two differ\n", result.err());
    }

    @Test
    void a_new_password_that_the_machine_refuses_is_explained() {
        wayIsUp();
        var result = enrol(new Typist("short", "short"), "dpu-a");
        stopped(result, "PASSWORD_EXPIRED", "do this again and type another new password");
        assertTrue(result.out().contains("the new password was not accepted"), result.out());
        assertEquals(0, enrol(new Typist(FRESH, FRESH), "dpu-a").exit());
    }
}
