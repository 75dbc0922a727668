package dev.bluerig.sim;

import dev.bluerig.remote.Reply;
import dev.bluerig.sim.machine.Accounts;
import dev.bluerig.sim.machine.FactoryState;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.machine.SimProcess;
import dev.bluerig.sim.machine.SimWorld;
import dev.bluerig.sim.machine.UserAccount;
import dev.bluerig.sim.shell.ShellPrograms;
import dev.bluerig.sim.tool.FileDescriptors;
import dev.bluerig.sim.tool.ProgramCall;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Simulated machines without SSH in front, for tests of what is behind it.
public final class SimMachines {
    private SimMachines() {}

    /// host-a with dpu-a, host-b with dpu-b, both ports cabled.
    public static SimWorld pair(boolean nicMode) {
        var world = new SimWorld();
        var login = new FactoryState.Login("", "", false, Accounts.Sudo.PASSWORDLESS);
        FactoryState.pair(world, "host-a", "dpu-a", 0, new FactoryState.Make(true, nicMode, Optional.empty()), "127.71.0.1", login, login);
        FactoryState.pair(world, "host-b", "dpu-b", 1, new FactoryState.Make(true, nicMode, Optional.empty()), "127.71.0.2", login, login);
        for (int port = 0; port < 2; port++) FactoryState.cable(world, "dpu-a", port, "dpu-b", port);
        return world;
    }

    /// As root, without a shell in between.
    public static Reply.Ran run(SimMachine machine, List<String> words) {
        return run(machine, UserAccount.ROOT, words, "");
    }

    /// A line typed by root.
    public static Reply.Ran type(SimMachine machine, String line) {
        return run(machine, UserAccount.ROOT, List.of("sh", "-c", line), "");
    }

    public static Reply.Ran run(SimMachine machine, UserAccount user, List<String> words, String input) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var io = FileDescriptors.of(new ByteArrayInputStream(ProgramCall.bytes(input)), out, err);
        try (SimProcess process = machine.processes().lead("test", () -> { }, () -> { })) {
            int status =
                ShellPrograms.launch(new ProgramCall(machine, words, io, Map.of("PATH", "/usr/bin", "HOME", user.home()), user.home(),
                user, process, ShellPrograms::launch));
            return new Reply.Ran(status, ProgramCall.text(out.toByteArray()), ProgramCall.text(err.toByteArray()));
        }
    }
}
