package dev.bluerig.sim;

import dev.bluerig.sim.agent.DuplicateHost;
import dev.bluerig.sim.agent.PortHolder;
import dev.bluerig.sim.machine.Accounts;
import dev.bluerig.sim.machine.Reboot;
import dev.bluerig.sim.machine.SimKernelLog;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.machine.SimWorld;
import dev.bluerig.sim.machine.TlsFault;
import dev.bluerig.sim.net.SimLink;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Lets faults strike simulated machines.
final class FaultInjector implements AutoCloseable {
    private static final int SIGKILL = 9;
    private static final String SWITCH = "openvswitch-switch.service";

    private final SimWorld world;
    /// What runs on account of a fault, by machine.
    private final Map<String, List<Runnable>> ends = new ConcurrentHashMap<>();

    FaultInjector(SimWorld world) {
        this.world = world;
    }

    void strike(Fault fault) {
        SimMachine machine = world.machine(fault.machine());
        switch (fault) {
            case Fault.DeadDpu dead -> machine.faults().die();
            case Fault.HungCommand hung -> machine.faults().hang(hung.program());
            case Fault.FullDisk full -> machine.files().fillUp();
            case Fault.RefusedWrites frozen -> machine.files().freeze();
            case Fault.BrokenProgram broken -> machine.faults().programFault(broken.program(), broken.what());
            case Fault.Reboot reboot -> machine.faults().once(reboot.words(), () -> Reboot.of(machine));
            case Fault.SwitchKilled killed -> machine.faults().once(killed.words(), machine.ovs()::kill);
            case Fault.ClockOff clock -> machine.faults().misset(clock.off());
            case Fault.ConnectionCut cut -> machine.faults().cutAfter(cut.afterCommands());
            case Fault.ConnectionCutByCommand cut -> machine.faults().cutIn(cut.words());
            case Fault.ExpiredPassword expired -> machine.accounts().spoil(Accounts.Account::expire);
            case Fault.SudoRefused refused -> machine.accounts().spoil(Accounts.Account::withoutSudo);
            case Fault.RefusedLogin refused -> machine.faults().refuseLogins();
            case Fault.SwitchDown down -> machine.services().cripple(SWITCH);
            case Fault.MissingCommand missing -> machine.faults().miss(missing.program());
            case Fault.Slow slow -> machine.faults().slow(slow.each());
            case Fault.AtStart _ -> { }   // the machine or its key in known_hosts was made so
            case Fault.ForeignTls foreign -> {
                opens(machine, foreign.process());
                machine.tlsFaults().inTheMiddle(() -> opens(machine, foreign.process()));
            }
            case Fault.ForeignTlsOpens foreign -> machine.tlsFaults().inTheMiddle(() -> opens(machine, foreign.process()));
            case Fault.FlagSwitchedOff off -> machine.tlsFaults()
                .inTheMiddle(() -> machine.turn(machine.port(off.port()), off.feature(), false));
            case Fault.LinkFlap flap -> machine.tlsFaults().inTheMiddle(() -> flap(machine, machine.port(flap.port())));
            case Fault.ProgramKilled killed -> machine.tlsFaults().inTheMiddle(() -> kill(machine));
            case Fault.PortsTaken taken -> until(machine, PortHolder.start(machine, taken.first(), taken.last(), taken.process())::close);
            case Fault.KernelTls(String _, TlsFault what) when what == TlsFault.NO_TLS_MODULE || what == TlsFault.NO_TLS_KERNEL ->
                loseTls(machine, what);
            case Fault.KernelTls(String _, TlsFault what) -> machine.tlsFaults().add(what);
            case Fault.DuplicateHost duplicate -> {
                machine.tlsFaults().add(TlsFault.DUPLICATE_HOST);
                until(machine, DuplicateHost.start(machine)::close);
            }
        }
    }

    private static void loseTls(SimMachine machine, TlsFault fault) {
        machine.tlsFaults().add(fault);
        machine.modules().remove("tls");
        if (fault != TlsFault.NO_TLS_KERNEL) return;
        String config = "/boot/config-" + machine.image().kernel();
        machine.files().install(config, machine.files().text(config).replace("CONFIG_TLS=m", "# CONFIG_TLS is not set")
            .replace("CONFIG_TLS_DEVICE=y\n", ""));
    }

    private void opens(SimMachine machine, String process) {
        machine.tlsFaults().foreign(process);
        for (String name : List.of("TlsTxDevice", "TlsRxDevice", "TlsCurrTxDevice", "TlsCurrRxDevice"))
            machine.namespace().tls().add(name, 1);
        for (String name : List.of("tx_tls_ctx", "rx_tls_ctx")) machine.port(0).countTls(name, 1, 0);
        until(machine, () -> closes(machine));
    }

    private static void closes(SimMachine machine) {
        for (String name : List.of("TlsCurrTxDevice", "TlsCurrRxDevice")) machine.namespace().tls().add(name, -1);
        for (String name : List.of("tx_tls_del", "rx_tls_del")) machine.port(0).countTls(name, 1, 0);
    }

    private static void flap(SimMachine machine, SimLink link) {
        String device = "mlx5_core " + link.pci().orElse("") + " " + link.name() + ": ";
        machine.log().say(SimKernelLog.Level.INFO, device + "Link down");
        link.lower();
        link.counters().add("link_down_events_phy", 1);
        link.raise();
        machine.log().say(SimKernelLog.Level.INFO, device + "Link up");
    }

    private static void kill(SimMachine machine) {
        machine.processes().running().values().stream().filter(process -> process.command().endsWith("java"))
            .forEach(process -> machine.processes().signal(process.id(), SIGKILL));
    }

    private void until(SimMachine machine, Runnable end) {
        ends.computeIfAbsent(machine.name(), name -> new CopyOnWriteArrayList<>()).add(end);
    }

    void heal(String machine) {
        List<Runnable> over = ends.remove(machine);
        if (over != null) over.forEach(Runnable::run);
    }

    @Override
    public void close() {
        List.copyOf(ends.keySet()).forEach(this::heal);
    }
}
