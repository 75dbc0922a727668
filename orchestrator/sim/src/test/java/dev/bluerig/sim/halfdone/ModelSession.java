package dev.bluerig.sim.halfdone;

import dev.bluerig.cases.FakeSession;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import dev.bluerig.sim.SimMachines;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.machine.UserAccount;

/// A simulated machine as root's session, without SSH in between.
final class ModelSession extends FakeSession {
    private final SimMachine machine;
    private int ran;

    ModelSession(SimMachine machine) {
        this.machine = machine;
    }

    @Override
    protected Reply run(Command command) {
        ran++;
        var reply = SimMachines.run(machine, UserAccount.ROOT, command.words(), command.stdin());
        return new Reply.Ran(command.judged(reply.status(), reply.out()), reply.out(), reply.err());
    }

    @Override
    protected int commands() {
        return ran;
    }
}
