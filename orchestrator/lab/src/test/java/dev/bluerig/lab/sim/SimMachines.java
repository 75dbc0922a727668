package dev.bluerig.lab.sim;

import dev.bluerig.lab.sim.machine.Accounts;
import dev.bluerig.lab.sim.machine.Factory;
import dev.bluerig.lab.sim.machine.Process;
import dev.bluerig.lab.sim.machine.SimMachine;
import dev.bluerig.lab.sim.machine.User;
import dev.bluerig.lab.sim.machine.World;
import dev.bluerig.lab.sim.shell.Programs;
import dev.bluerig.lab.sim.tool.Call;
import dev.bluerig.lab.sim.tool.Io;
import dev.bluerig.remote.Reply;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Simulated machines without SSH in front, for tests of what is behind it.
public final class SimMachines {
    private SimMachines() {}

    /// host-a with dpu-a, host-b with dpu-b, both ports cabled.
    public static World pair(boolean nicMode) {
        var world = new World();
        var login = new Factory.Login("", "", false, Accounts.Sudo.PASSWORDLESS);
        Factory.pair(world, "host-a", "dpu-a", 0, new Factory.Make(true, nicMode, Optional.empty()), "127.71.0.1", login, login);
        Factory.pair(world, "host-b", "dpu-b", 1, new Factory.Make(true, nicMode, Optional.empty()), "127.71.0.2", login, login);
        for (int port = 0; port < 2; port++) Factory.cable(world, "dpu-a", port, "dpu-b", port);
        return world;
    }

    /// As root, without a shell in between.
    public static Reply.Ran run(SimMachine machine, List<String> words) {
        return run(machine, User.ROOT, words, "");
    }

    /// A line typed by root.
    public static Reply.Ran type(SimMachine machine, String line) {
        return run(machine, User.ROOT, List.of("sh", "-c", line), "");
    }

    public static Reply.Ran run(SimMachine machine, User user, List<String> words, String input) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var io = Io.of(new ByteArrayInputStream(Call.bytes(input)), out, err);
        try (Process process = machine.processes().lead("test", () -> { }, () -> { })) {
            int status = Programs.launch(new Call(machine, words, io, Map.of("PATH", "/usr/bin", "HOME", user.home()), user.home(), user, process, Programs::launch));
            return new Reply.Ran(status, Call.text(out.toByteArray()), Call.text(err.toByteArray()));
        }
    }
}
