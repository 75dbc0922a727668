package dev.bluerig.sim;

import dev.bluerig.sim.machine.ProgramFault;
import dev.bluerig.sim.machine.TlsFault;
import java.time.Duration;

/// Something that is wrong with one machine of the lab, on purpose. Faults of a card's making or of a switch name the DPU; faults of kernel
/// TLS, and of what a port does and counts, name the host.
public sealed interface Fault {
    String machine();

    /// Chosen when the lab starts: it cannot strike later.
    sealed interface AtStart extends Fault {}

    /// The DPU does not answer: no tmfifo, no forwarding.
    record DeadDpu(String machine) implements Fault {}

    /// This program never ends.
    record HungCommand(String machine, String program) implements Fault {}

    /// Every write answers "No space left on device".
    record FullDisk(String machine) implements Fault {}

    /// Every change of a file answers "Read-only file system".
    record RefusedWrites(String machine) implements Fault {}

    /// This program does something else besides its work, or instead of it.
    record BrokenProgram(String machine, String program, ProgramFault what) implements Fault {}

    /// The machine reboots once, when a command line that contains these words starts: what no file keeps is lost.
    record Reboot(String machine, String words) implements Fault {}

    /// ovs-vswitchd is killed once, when a command line that contains these words starts; its unit does not notice.
    record SwitchKilled(String machine, String words) implements Fault {}

    /// Its clock shows another time.
    record ClockOff(String machine, Duration off) implements Fault {}

    /// All connections of the machine are cut once, when so many programs have been started on it.
    record ConnectionCut(String machine, int afterCommands) implements Fault {}

    /// All connections of the machine are cut once, when a command line that contains these words starts.
    record ConnectionCutByCommand(String machine, String words) implements Fault {}

    /// Every login is refused.
    record RefusedLogin(String machine) implements Fault {}

    /// The password must be changed before anything else, whatever the login.
    record ExpiredPassword(String machine) implements Fault {}

    /// sudo lets nobody become root.
    record SudoRefused(String machine) implements Fault {}

    /// `known_hosts` names another key than the machine shows.
    record ChangedHostKey(String machine) implements AtStart {}

    /// The card cannot encrypt: part number, description, and `[fixed]` flags on the host.
    record CryptoDisabled(String machine) implements AtStart {}

    /// The card is a plain NIC: no uplinks and representors on the Arm side.
    record NicMode(String machine) implements AtStart {}

    /// ovs-vswitchd is down and its service does not start.
    record SwitchDown(String machine) implements Fault {}

    /// This program is not installed.
    record MissingCommand(String machine, String program) implements Fault {}

    /// Every program takes so much longer.
    record Slow(String machine, Duration each) implements Fault {}

    /// The host runs this kernel (`uname -r`) with the driver that came with it.
    record OtherKernel(String machine, String release) implements AtStart {}

    /// A process of somebody else has kernel TLS connections on the same card.
    record ForeignTls(String machine, String process) implements Fault {}

    /// In the middle of the next run such a process opens a connection; before, it had none.
    record ForeignTlsOpens(String machine, String process) implements Fault {}

    /// In the middle of the next run somebody switches this feature of `ethtool -k` off.
    record FlagSwitchedOff(String machine, int port, String feature) implements Fault {}

    /// In the middle of the next run the port's link goes down and up again.
    record LinkFlap(String machine, int port) implements Fault {}

    /// In the middle of the next run the agent gets SIGKILL.
    record ProgramKilled(String machine) implements Fault {}

    /// These TCP ports have a listener already.
    record PortsTaken(String machine, int first, int last, String process) implements Fault {}

    /// Another machine answers on this host's addresses, with a certificate of its own.
    record DuplicateHost(String machine) implements Fault {}

    /// Kernel TLS, the card or the cable of a machine is not as it should be.
    record KernelTls(String machine, TlsFault what) implements Fault {}
}
