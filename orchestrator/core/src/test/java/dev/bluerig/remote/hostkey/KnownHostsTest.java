package dev.bluerig.remote.hostkey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsLab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownHostsTest {
    private static final String ONE = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBX1p0tTO3c5wRnjN1RXMFJY0WIrn1kHLo4fEYF1S2zG";
    private static final String TWO = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBX1p0tTO3c5wRnjN1RXMFJY0WIrn1kHLo4fEYF1S2zH";

    @TempDir
    private Path directory;

    private static PublicKeyText key(String text) {
        return PublicKeyText.of(text.split(" ")[0], text.split(" ")[1]);
    }

    private KnownHosts known(String... lines) throws IOException {
        return KnownHosts.read(List.of(directory.resolve("absent"), Files.write(directory.resolve("known_hosts"), List.of(lines))));
    }

    @Test
    void names_ports_and_lists() throws IOException {
        KnownHosts known = known("# comment", "", "alpha,10.0.0.1 " + ONE + " a comment", "[alpha]:2222 " + TWO, "Beta " + TWO);
        assertEquals(KnownHosts.Answer.KNOWN, known.check("alpha", key(ONE)));
        assertEquals(KnownHosts.Answer.KNOWN, known.check("10.0.0.1", key(ONE)));
        assertEquals(KnownHosts.Answer.CHANGED, known.check("alpha", key(TWO)));
        assertEquals(KnownHosts.Answer.KNOWN, known.check("[alpha]:2222", key(TWO)));
        assertEquals(KnownHosts.Answer.KNOWN, known.check("BETA", key(TWO)));
        assertEquals(KnownHosts.Answer.UNKNOWN, known.check("[alpha]:2223", key(ONE)));
        assertEquals(KnownHosts.Answer.UNKNOWN, known.check("gamma", key(ONE)));
    }

    @Test
    void patterns_and_negation() throws IOException {
        KnownHosts known = known("*.lab,!bad.lab,10.0.?.1 " + ONE);
        assertEquals(KnownHosts.Answer.KNOWN, known.check("a.lab", key(ONE)));
        assertEquals(KnownHosts.Answer.KNOWN, known.check("10.0.7.1", key(ONE)));
        assertEquals(KnownHosts.Answer.UNKNOWN, known.check("bad.lab", key(ONE)));
        assertEquals(KnownHosts.Answer.UNKNOWN, known.check("10.0.77.1", key(ONE)));
    }

    @Test
    void a_revoked_key_is_refused_on_every_port() throws IOException {
        KnownHosts known = known("alpha,[alpha]:2222 " + ONE, "@revoked * " + ONE);
        assertEquals(KnownHosts.Answer.REVOKED, known.check("alpha", key(ONE)));
        assertEquals(KnownHosts.Answer.REVOKED, known.check("[alpha]:2222", key(ONE)));
        assertEquals(KnownHosts.Answer.UNKNOWN, known.check("beta", key(TWO)));
    }

    @Test
    void what_is_not_used_is_said() throws IOException {
        KnownHosts known = known("@cert-authority *.lab " + ONE, "alpha ssh-rsa " + ONE.split(" ")[1], "alpha ssh-ed25519 !!!", "alpha",
            "|1|x|y " + ONE);
        assertEquals(KnownHosts.Answer.UNKNOWN, known.check("a.lab", key(ONE)));
        assertEquals(KnownHosts.Answer.UNKNOWN, known.check("alpha", key(ONE)));
        assertEquals(4, known.notes().size(), known.notes().toString());
        assertTrue(known.notes().getFirst().contains("known_hosts:2: "), known.notes().toString());
    }

    @Test
    @NeedsLab("ssh-keygen")
    void names_that_ssh_keygen_hashed() throws Exception {
        Path file = Files.write(directory.resolve("hashed"), List.of("alpha " + ONE, "[alpha]:2222 " + TWO));
        assertEquals(0, new ProcessBuilder("ssh-keygen", "-H", "-f", file.toString()).start().waitFor());
        assertTrue(!Files.readString(file).contains("alpha"));
        KnownHosts known = KnownHosts.read(List.of(file));
        assertEquals(KnownHosts.Answer.KNOWN, known.check("alpha", key(ONE)));
        assertEquals(KnownHosts.Answer.CHANGED, known.check("[alpha]:2222", key(ONE)));
        assertEquals(KnownHosts.Answer.UNKNOWN, known.check("beta", key(ONE)));
        KnownHostsFile.remove(file, "alpha");
        known = KnownHosts.read(List.of(file));
        assertEquals(KnownHosts.Answer.UNKNOWN, known.check("alpha", key(ONE)));
        assertEquals(KnownHosts.Answer.KNOWN, known.check("[alpha]:2222", key(TWO)));
    }

    @Test
    @NeedsLab("ssh-keygen")
    void the_fingerprint_is_the_one_that_ssh_keygen_prints() throws Exception {
        Path file = Files.writeString(directory.resolve("key.pub"), ONE + "\n");
        Process process = new ProcessBuilder("ssh-keygen", "-l", "-f", file.toString()).start();
        assertTrue(new String(process.getInputStream().readAllBytes()).contains(" " + key(ONE).fingerprint() + " "));
    }

    @Test
    void removing_takes_the_name_and_leaves_the_rest() {
        String text = "# alpha " + ONE + "\nalpha,beta " + ONE + " note\nALPHA " + TWO + "\n@revoked alpha " + TWO + "\n*.alpha " + ONE
            + "\nbeta " + TWO;
        assertEquals("# alpha " + ONE + "\nbeta " + ONE + " note\n@revoked alpha " + TWO + "\n*.alpha " + ONE + "\nbeta " + TWO,
            KnownHostsFile.without(text, "alpha"));
    }

    @Test
    void writers_do_not_lose_each_others_keys() throws Exception {
        Path real = directory.resolve("shared/real");
        Files.createDirectories(real.getParent());
        Files.writeString(real, "first " + ONE);
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);
        try (var executor = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 40; i++) {
                String name = "node-" + i;
                executor.submit(() -> {
                    KnownHostsFile.add(link, name, key(TWO));
                    return name;
                });
            }
        }
        assertTrue(Files.isSymbolicLink(link));
        KnownHosts known = KnownHosts.read(List.of(link));
        assertEquals(KnownHosts.Answer.KNOWN, known.check("first", key(ONE)));
        for (int i = 0; i < 40; i++) assertEquals(KnownHosts.Answer.KNOWN, known.check("node-" + i, key(TWO)));
        assertEquals(1, real.getParent().toFile().list().length);
    }

    @Test
    void what_is_no_file_is_neither_read_nor_replaced() throws IOException {
        Path endless = Files.createSymbolicLink(directory.resolve("known_hosts"), Path.of("/dev/zero"));
        assertTrue(assertThrows(IOException.class, () -> KnownHosts.read(List.of(endless))).getMessage().contains("it is a device"));
        assertTrue(assertThrows(IOException.class, () -> KnownHostsFile.add(endless, "alpha", key(ONE))).getMessage()
            .contains("not a regular file"));
        assertTrue(Files.isSymbolicLink(endless) && !Files.isRegularFile(Path.of("/dev/zero")));
    }
}
