package dev.bluerig.sim.server;

import dev.bluerig.sim.machine.SimMachine;
import java.security.KeyPair;

/// A machine as the network sees it: where it listens on this computer, what it calls itself, the host key it shows.
///
/// - `address`: the loopback address it listens on.
/// - `inside`: its own address on the link by which it is reached (`192.168.100.2` for a DPU behind its host).
public record SimNode(SimMachine machine, String address, String inside, KeyPair hostKey) {}
