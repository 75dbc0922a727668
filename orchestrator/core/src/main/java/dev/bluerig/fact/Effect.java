package dev.bluerig.fact;

/// What a change can bring about, as far as other questions and findings depend on it: `check` tells by it whether what is wrong now could
/// be right after the changes that come first.
public enum Effect {
    /// Addresses, MTU and admin state of links.
    LINKS,
    /// The files that set links up at boot.
    LINK_FILES,
    /// Open vSwitch: its bridges, ports and offload, and a restart of it.
    SWITCH,
    /// Offload flags of network cards.
    FLAGS,
    /// Units that start or stop, and whatever their programs bring: devices, databases, firewalls.
    SERVICES,
    /// Unit files.
    UNIT_FILES,
    /// Programs and files of the distribution.
    PACKAGES,
    /// Modules in the kernel, and the devices that they drive.
    MODULES,
    /// What modprobe reads.
    MODULE_FILES,
    /// Any other file.
    FILES,
    /// What was done on another machine: links come up, and who answers.
    ELSEWHERE,
    /// What only a command of the user's own can do.
    COMMAND
}
