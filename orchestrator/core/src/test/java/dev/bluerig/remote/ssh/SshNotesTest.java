package dev.bluerig.remote.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsLab;
import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.InventoryReader;
import dev.bluerig.inventory.Machine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is said once of machines that are alike is what would be said of each alone.
@NeedsLab("ssh")
class SshNotesTest {
    @TempDir
    private Path directory;

    private Inventory inventory() throws Exception {
        return InventoryReader.read(Files.writeString(directory.resolve("inventory.yaml"), """
            machines:
              host-[1:3]: {kind: host, address: "10.0.0.[11:13]", ports: [{pci: "0000:b1:00.0"}]}
              name-[1:2]: {kind: host, address: "name-[1:2]", ssh: {user: lab, password: {env: BLUERIG_TEST_NOT_SET}}}
              own: {kind: host, address: 10.0.0.20, ssh: {port: 2022}}
              dpu-[1:2]: {kind: dpu, host: "host-[1:2]", via: {link: tmfifo_net0, near: 192.168.100.1/30, far: 192.168.100.2}}
            """));
    }

    private Map<String, List<String>> notes(Path config, Iterable<Machine> machines) {
        return new SshNotes(new SshSettings(List.of(), List.of(), Optional.empty(), Optional.of(config), Duration.ofSeconds(1), 1))
            .of(machines);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Host *\n  Ciphers aes128-ctr\n", "Host 10.0.0.1? !10.0.0.12\n  Ciphers aes128-ctr\n",
        "Host name-1\n  ProxyJump own\n", "Host *\n  ProxyJump gate\n  ProxyCommand nc %h %p\n", "Host *\n  BindInterface lo\n",
        "Host *\n  UserKnownHostsFile DIRECTORY/%h\n", "Host *\n  HostKeyAlias 10.0.0.11\n  UserKnownHostsFile DIRECTORY/%k\n",
        "Match host name-*\n  StrictHostKeyChecking no\n",
        "Host *\n  HostName 10.0.0.13\n  VerifyHostKeyDNS yes\n", "Host *\n  Ciphers none-such\n"})
    void together_as_alone(String text) throws Exception {
        for (String name : List.of("10.0.0.11", "10.0.0.12", "name-2"))
            Files.writeString(directory.resolve(name), "strange " + name + "\n");
        Path config = Files.writeString(directory.resolve("config"), text.replace("DIRECTORY", directory.toString()));
        List<Machine> machines = List.copyOf(inventory().machines().values());
        var alone = new LinkedHashMap<String, List<String>>();
        for (Machine machine : machines)
            notes(config, List.of(machine)).forEach((note, names) -> alone.computeIfAbsent(note, any -> new ArrayList<>()).addAll(names));
        assertEquals(alone, notes(config, machines));
    }

    @Test
    void names_that_a_pattern_matches_are_told_from_others() throws Exception {
        Path config = Files.writeString(directory.resolve("config"), "Host 10.0.0.1? !10.0.0.12\n  Ciphers aes128-ctr\n");
        var found = notes(config, inventory().machines().values());
        var ciphers = found.entrySet().stream().filter(note -> note.getKey().startsWith("ciphers ")).toList();
        assertTrue(ciphers.size() == 1 && ciphers.getFirst().getValue().equals(List.of("host-1", "host-3")), found.toString());
    }
}
