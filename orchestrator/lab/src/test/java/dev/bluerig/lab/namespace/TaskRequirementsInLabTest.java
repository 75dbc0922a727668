package dev.bluerig.lab.namespace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsNamespaceLab;
import dev.bluerig.fact.Facts;
import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.inventory.Ssh;
import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.LabFiles;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.ssh.SshDialer;
import dev.bluerig.remote.ssh.SshSettings;
import dev.bluerig.source.Binder;
import dev.bluerig.source.Yaml;
import dev.bluerig.task.FirmwareSpec;
import dev.bluerig.task.KernelSpec;
import dev.bluerig.task.MachineContext;
import dev.bluerig.task.Task;
import dev.bluerig.task.TaskSpec;
import dev.bluerig.task.diff.Diff;
import dev.bluerig.task.diff.Finding;
import dev.bluerig.task.diff.Remedy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The plays' `firmware` and `kernel` on a lab host in factory state: the card is as wanted, the module is mended once and stays.
@NeedsNamespaceLab
final class TaskRequirementsInLabTest {
    @TempDir
    static Path parent;
    private static Path directory;
    private static SshDialer dialer;
    private static Session session;
    private static MachineContext site;

    @BeforeAll
    static void up() throws Exception {
        directory = parent.resolve("lab");
        LabFiles lab = NamespaceLab.up(directory, NamespaceLab.Options.pairs(1));
        String address = Files.readString(lab.knownHosts()).lines().findFirst().orElseThrow().split("[, ]")[1];
        var ssh = new Ssh(Optional.of("lab"), Optional.empty(), Optional.of(lab.identity().toString()), Optional.empty(), Optional.empty(),
            Ssh.Sudo.PASSWORDLESS, Optional.empty());
        var host = new Machine("host-a", Machine.Kind.HOST, List.of(), Optional.of(address), ssh,
            List.of(new Machine.Port(new PciAddress("0000:b1:00.0"), Optional.empty()),
            new Machine.Port(new PciAddress("0000:b1:00.1"), Optional.empty())),
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
        site = new MachineContext(host, new Inventory(Map.of("host-a", host), Map.of(), Map.of(), Optional.of("namespace")));
        dialer = new SshDialer(SshSettings.only(lab.knownHosts()));
        session = dialer.dial(host, Optional.empty());
    }

    @AfterAll
    static void down() throws LabFailed {
        if (dialer != null) dialer.close();
        NamespaceLab.down(directory);
    }

    private static Diff diff(Class<? extends TaskSpec> type, String yaml) throws Exception {
        return diff(Binder.bind(type, Yaml.read("play.yaml", yaml)).on(site));
    }

    private static <S> Diff diff(Task<S> task) throws Exception {
        return task.judge(new Facts(session).see(task.wants()));
    }

    @Test
    void the_card_is_as_the_plays_want_it() throws Exception {
        assertEquals(new Diff.Same(), diff(FirmwareSpec.class, "{crypto: enabled, mode: dpu, link_type: ethernet, pending_reset: none}"));
        var unmet = assertInstanceOf(Diff.Unmet.class, diff(FirmwareSpec.class, "{mode: nic}"));
        assertEquals(Finding.CARD_MODE, unmet.finding());
    }

    @Test
    void the_module_is_loaded_once_and_stays() throws Exception {
        String wanted = "{tls_offload: [tx, rx], modules: [tls]}";
        var mendable = assertInstanceOf(Diff.Mendable.class, diff(KernelSpec.class, wanted));
        run(mendable.remedy());
        assertEquals(new Diff.Same(), diff(KernelSpec.class, wanted));
        run(Remedy.of(mendable.remedy().undo(), List.of(), Set.of()));
        assertEquals(mendable.changes(), assertInstanceOf(Diff.Mendable.class, diff(KernelSpec.class, wanted)).changes(), "undone");
    }

    private static void run(Remedy remedy) throws Exception {
        for (Reply reply : session.exchange(new Exchange(remedy.commands(), List.of())))
            assertTrue(reply instanceof Reply.Ran ran && ran.ok(), () -> "remedy: " + reply);
    }
}
