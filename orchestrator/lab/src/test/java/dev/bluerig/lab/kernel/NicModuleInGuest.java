package dev.bluerig.lab.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.LabPrograms;
import dev.bluerig.lab.machine.MachineExec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The NIC of the kernel lab against `nic-cases/cases.sh`. The cases take the module out of the kernel and put it back, and the links of
/// the lab's hosts are gone then: the guest wants a reset before anybody else asks it for them.
abstract class NicModuleInGuest {
    @TempDir
    private Path directory;

    @Test
    void the_nic_does_what_its_cases_want(SharedKernelLab.Running lab) throws IOException, LabFailed {
        Path program = directory.resolve("ktls");
        Path cases = written("cases.sh");
        LabPrograms.succeed("gcc", "-O2", "-Wall", "-Wextra", "-Werror", "-static", "-pthread", "-o", program.toString(),
            written("ktls.c").toString());
        send(lab.directory(), program, cases);
        MachineExec.Result ran = KernelLab.guest(lab.directory(), 1).run("timeout", "600", "bash", "/run/cases.sh", "/run/ktls");
        System.err.println(ran.output());
        assertEquals(0, ran.status(), ran.output());
        assertTrue(ran.output().lines().filter(line -> line.startsWith("ok ")).count() > 20, ran.output());
    }

    private Path written(String name) throws IOException {
        return Files.writeString(directory.resolve(name), LabResources.text("nic-cases/" + name));
    }

    private static void send(Path directory, Path... files) throws LabFailed {
        var lab = new KernelDirectory(directory);
        int port = lab.state().ports().getFirst().getFirst();
        var words =
            new ArrayList<>(List.of("scp", "-q", "-F", "none", "-P", Integer.toString(port), "-i", lab.file("id_ed25519").toString(), "-o",
            "BatchMode=yes",
            "-o", "UserKnownHostsFile=" + lab.file("known_hosts"), "-o", "GlobalKnownHostsFile=none"));
        for (Path file : files) words.add(file.toString());
        words.add("root@127.0.0.1:/run/");
        LabPrograms.succeed(words.toArray(String[]::new));
    }
}
