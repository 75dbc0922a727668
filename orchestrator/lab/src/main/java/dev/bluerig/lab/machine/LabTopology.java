package dev.bluerig.lab.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What the machines, links and addresses of a lab are called; a pure function of its id and the number of pairs.
///
/// A pair is `host - DPU === DPU - host` with two ports. Host NICs are `ens5f0np0` and `ens5f1np1`, their other ends the representors
/// `pf0hpf` and `pf1hpf` on the DPU; `p0` and `p1` of the two DPUs are joined; `en3f0pf0sf0` and `en3f1pf1sf0` stand for the
/// sub-functions of NVIDIA's factory bridges (mlnx-ovs.conf), with the sub-functions' own netdevs as their other ends.
public record LabTopology(String id, int pairs) {
    /// A pair's two cables use eight addresses of 192.0.2.0/24.
    public static final int MOST_PAIRS = 32;
    /// The ports of the card as its host sees them.
    public static final List<String> HOST_PORTS = List.of("ens5f0np0", "ens5f1np1");
    /// Every data link of a DPU.
    public static final List<String> DPU_LINKS =
        List.of("p0", "p1", "pf0hpf", "pf1hpf", "en3f0pf0sf0", "en3f1pf1sf0", "enp3s0f0s0", "enp3s0f1s0");
    /// A DPU's address on the link to its host, on every card the same.
    public static final String DPU_ADDRESS = "192.168.100.2";

    public LabTopology {
        if (!id.matches("[0-9a-f]{5}")) throw new IllegalArgumentException("not the id of a lab: " + id);
        if (pairs < 1 || pairs > MOST_PAIRS) throw new IllegalArgumentException("a lab has 1 to " + MOST_PAIRS + " pairs: " + pairs);
    }

    public int ends() {
        return 2 * pairs;
    }

    /// Hosts first, each pair's two together; then the DPUs.
    public List<LabMachine> machines() {
        var machines = new ArrayList<LabMachine>();
        for (int end = 0; end < ends(); end++) machines.add(new LabMachine(host(end), LabMachine.Kind.HOST, end, ""));
        for (int end = 0; end < ends(); end++) machines.add(new LabMachine(dpu(end), LabMachine.Kind.DPU, end, host(end)));
        return machines;
    }

    /// Locally administered, unique in a lab and between labs; `mlxfwmanager` says the same.
    public String mac(int end, int port) {
        return String.format(Locale.ROOT, "02:%s:%s:%02x:%02x:%02x", id.substring(0, 2), id.substring(2, 4),
            Integer.parseInt(id.substring(4), 16) << 4, end, port);
    }

    public String host(int end) {
        return name("host", end);
    }

    public String dpu(int end) {
        return name("dpu", end);
    }

    /// One pair reads best as host-a and host-b; a fleet as a range.
    private String name(String kind, int end) {
        return pairs == 1 ? kind + (end == 0 ? "-a" : "-b") : String.format(Locale.ROOT, "%s-%03d", kind, end + 1);
    }

    public String pairName(int pair) {
        return pairs == 1 ? "bench" : String.format(Locale.ROOT, "pair-%03d", pair + 1);
    }

    /// The address of a host's data port: each cable is a /30 of its own out of 192.0.2.0/24 (RFC 5737).
    public static String dataAddress(int end, int port) {
        return "192.0.2." + (8 * (end / 2) + 4 * port + 1 + end % 2) + "/30";
    }
}
