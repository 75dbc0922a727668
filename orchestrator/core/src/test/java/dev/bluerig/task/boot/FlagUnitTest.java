package dev.bluerig.task.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.fact.link.Link;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.task.link.OffloadSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// What the unit would start, by a real shell in a tree that stands for sysfs: the flags go to the PCI function's port, whatever its name
/// is by then.
@Isolated("writes programs and runs them: a child of another test that is being started may hold them open, ETXTBSY of execve(2)")
class FlagUnitTest {
    private static final PciAddress PCI = new PciAddress("0000:b1:00.0");
    private static final String FLAGS = " tls-hw-tx-offload on\n";

    @TempDir
    Path root;

    @BeforeEach
    void programs() throws IOException {
        program("ethtool", "echo \"$@\"");
        program("udevadm", "exit 1");   // there is no udev
    }

    private void program(String name, String text) throws IOException {
        Path file = root.resolve("bin").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }

    private void function(String pci, String below, String name, String portName) throws IOException {
        Path link = root.resolve("sys/bus/pci/devices").resolve(pci).resolve(below + "net").resolve(name);
        Files.createDirectories(link);
        if (!portName.isEmpty()) Files.writeString(link.resolve("phys_port_name"), portName + "\n");
        Files.createDirectories(root.resolve("sys/class/net").resolve(name).resolve("device"));
    }

    private static Link link(Optional<String> device) {
        return new Link(new LinkName("ens1f0np0"), 4, Optional.empty(), true, true, 1500, Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty(), List.of(), device, List.of());
    }

    /// As systemd reads it: `$$` is `$` (systemd.service(5)).
    private String started(Optional<String> device) throws Exception {
        var wanted = BootSettings.of(new OffloadSpec(Optional.empty(), Optional.of(PCI), Optional.of(true), Optional.empty(), true),
            link(device));
        String text = new FlagUnit(wanted.ethtool().getFirst(), wanted).text();
        String line = text.lines().filter(one -> one.startsWith("ExecStart=/bin/sh -c '") && one.endsWith("'")).findFirst().orElseThrow();
        String script = line.substring(22, line.length() - 1).replace("$$", "$").replace("/sys/", root + "/sys/");
        var shell = new ProcessBuilder("/bin/sh", "-c", script).redirectErrorStream(true);
        shell.environment().put("PATH", root.resolve("bin") + ":" + System.getenv("PATH"));
        Process process = shell.start();
        String said = new String(process.getInputStream().readAllBytes()).replace(root.toString(), "");
        return process.waitFor() + ": " + said;
    }

    @Test
    void the_port_gets_them_under_its_name() throws Exception {
        function("0000:b1:00.0", "", "ens1f0np0", "p0");
        assertEquals("0: -K ens1f0np0" + FLAGS, started(Optional.of("0000:b1:00.0")));
    }

    @Test
    void a_renamed_port_gets_them_and_what_took_its_name_does_not() throws Exception {
        function("0000:b1:00.0", "", "ens2f0np0", "p0");
        function("0000:c1:00.0", "", "ens1f0np0", "p0");
        assertEquals("0: /sys/bus/pci/devices/0000:b1:00.0 is ens2f0np0 now, not ens1f0np0\n-K ens2f0np0" + FLAGS,
            started(Optional.of("0000:b1:00.0")));
    }

    @Test
    void a_representor_with_the_name_gets_nothing() throws Exception {
        function("0000:b1:00.0", "", "ens1f0np0", "pf0vf0");
        function("0000:b1:00.0", "", "eth7", "p0");
        assertTrue(started(Optional.of("0000:b1:00.0")).endsWith("\n-K eth7" + FLAGS));
        function("0000:b1:00.0", "", "eth7", "c1pf0sf3");
        assertEquals("1: /sys/bus/pci/devices/0000:b1:00.0 has 0 network devices that could be the port, which was ens1f0np0: "
            + "no flag is set\n", started(Optional.empty()));
    }

    @Test
    void several_that_nothing_tells_apart_get_nothing_unless_one_has_the_name() throws Exception {
        function("0000:b1:00.0", "", "eth7", "");
        function("0000:b1:00.0", "", "eth8", "");
        assertTrue(started(Optional.empty()).startsWith("1: /sys/bus/pci/devices/0000:b1:00.0 has 2 network devices"));
        function("0000:b1:00.0", "", "ens1f0np0", "");
        assertEquals("0: -K ens1f0np0" + FLAGS, started(Optional.empty()));
    }

    @Test
    void virtio_has_a_device_in_between() throws Exception {
        function("0000:b1:00.0", "virtio2/", "ens1f0np0", "");
        assertEquals("0: -K ens1f0np0" + FLAGS, started(Optional.empty()));
    }

    @Test
    void a_function_that_is_gone_gives_its_name_to_nobody_but_where_there_is_no_bus_the_name_counts() throws Exception {
        function("0000:c1:00.0", "", "ens1f0np0", "p0");
        assertTrue(started(Optional.empty()).startsWith("1: /sys/bus/pci/devices/0000:b1:00.0 has 0 network devices"));
        Files.delete(root.resolve("sys/class/net/ens1f0np0/device"));
        assertEquals("0: -K ens1f0np0" + FLAGS, started(Optional.empty()));
        assertTrue(started(Optional.of("0000:b1:00.0")).startsWith("1: "), "it was seen to have a bus device");
    }
}
