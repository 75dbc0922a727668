package dev.bluerig.lab.namespace;

import java.util.List;

/// One machine of the lab before it runs: its network namespace, the ip commands that make its links there, and its place in the inventory.
///
/// - `uplink`: of a host, the link that the controller's namespace has to it; empty for a DPU, which only its host reaches.
/// - `address`: how it is dialled: a host's on the lab's own subnet, a DPU's behind its host.
/// - `links`: lines for `ip -batch` inside the namespace.
/// - `nics`: links whose checksum and segmentation offloads must be off.
record LabMachine(String name, Kind kind, String namespace, String uplink, String address, String host, List<String> links, List<String> nics) {
    enum Kind { HOST, DPU }

    LabMachine {
        links = List.copyOf(links);
        nics = List.copyOf(nics);
    }
}
