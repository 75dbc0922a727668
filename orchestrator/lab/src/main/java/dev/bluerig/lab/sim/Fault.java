package dev.bluerig.lab.sim;

import java.time.Duration;

/// Something that is wrong with one machine of the lab, on purpose. Faults of a card or a switch name the DPU.
public sealed interface Fault {
    String machine();

    /// The DPU does not answer: no tmfifo, no forwarding.
    record DeadDpu(String machine) implements Fault {}

    /// This program never ends.
    record HungCommand(String machine, String program) implements Fault {}

    /// Every write answers "No space left on device".
    record FullDisk(String machine) implements Fault {}

    /// All connections of the machine are cut once, when so many programs have been started on it.
    record Cut(String machine, int afterCommands) implements Fault {}

    /// All connections of the machine are cut once, when a command line that contains these words starts.
    record CutIn(String machine, String words) implements Fault {}

    /// Every login is refused.
    record RefusedLogin(String machine) implements Fault {}

    /// The password must be changed before anything else, whatever the login.
    record ExpiredPassword(String machine) implements Fault {}

    /// sudo lets nobody become root.
    record SudoRefused(String machine) implements Fault {}

    /// `known_hosts` names another key than the machine shows.
    record ChangedHostKey(String machine) implements Fault {}

    /// The card cannot encrypt: part number, description, and `[fixed]` flags on the host.
    record CryptoDisabled(String machine) implements Fault {}

    /// The card is a plain NIC: no uplinks and representors on the Arm side.
    record NicMode(String machine) implements Fault {}

    /// ovs-vswitchd is down and its service does not start.
    record SwitchDown(String machine) implements Fault {}

    /// This program is not installed.
    record MissingCommand(String machine, String program) implements Fault {}

    /// Every program takes so much longer.
    record Slow(String machine, Duration each) implements Fault {}
}
