package dev.bluerig.lab.machine;

/// One machine of a lab before it runs: its name, and which end of a cable it stands at.
///
/// - `end`: counts the ends of all pairs; a host and the DPU in it have the same.
/// - `host`: of a DPU, the host whose PCI slot it sits in; empty for a host.
public record LabMachine(String name, Kind kind, int end, String host) {
    /// What a lab consists of.
    public enum Kind { HOST, DPU }

    /// How a script is told.
    public String word() {
        return switch (kind) {
            case HOST -> "host";
            case DPU -> "dpu";
        };
    }
}
