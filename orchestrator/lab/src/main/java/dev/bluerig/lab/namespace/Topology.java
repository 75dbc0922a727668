package dev.bluerig.lab.namespace;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Which namespaces and links a lab consists of; a pure function of its id, its subnet and the number of pairs.
///
/// A pair is `host - DPU === DPU - host` with two ports. Host NICs are `ens5f0np0` and `ens5f1np1`, their other ends the representors
/// `pf0hpf` and `pf1hpf` on the DPU; `p0` and `p1` of the two DPUs are joined; `en3f0pf0sf0` and `en3f1pf1sf0` stand for the
/// sub-functions of NVIDIA's factory bridges (mlnx-ovs.conf), with the sub-functions' own netdevs as their other ends.
record Topology(String id, String subnet, int pairs) {
    /// Addresses of the hosts' management links are /31 (RFC 3021) out of one /24, four to a pair; a pair's two cables use eight of 192.0.2.0/24.
    static final int MOST_PAIRS = 32;
    private static final List<String> DPU_LINKS = List.of("p0", "p1", "pf0hpf", "pf1hpf", "en3f0pf0sf0", "en3f1pf1sf0", "enp3s0f0s0", "enp3s0f1s0");

    Topology {
        if (!id.matches("[0-9a-f]{5}")) throw new IllegalArgumentException("not the id of a lab: " + id);
        if (!subnet.matches("(\\d{1,3}\\.){3}")) throw new IllegalArgumentException("not the first three numbers of an address: " + subnet);
        if (pairs < 1 || pairs > MOST_PAIRS) throw new IllegalArgumentException("a namespace lab has 1 to " + MOST_PAIRS + " pairs: " + pairs);
    }

    /// What every namespace of this lab is called.
    static String prefix(String id) {
        return "br-" + id + "-";
    }

    /// What every link of this lab in the controller's namespace is called; with the number of the host at most 11 of 15 characters.
    static String uplinkPrefix(String id) {
        return "br" + id + "-h";
    }

    /// Hosts first, each pair's two together; then the DPUs.
    List<LabMachine> machines() {
        var machines = new ArrayList<LabMachine>();
        for (int end = 0; end < 2 * pairs; end++) machines.add(host(end));
        for (int end = 0; end < 2 * pairs; end++) machines.add(dpu(end));
        return machines;
    }

    /// Lines for `ip -batch` in the controller's namespace.
    List<String> batch() {
        var batch = new ArrayList<String>();
        for (LabMachine machine : machines()) batch.add("netns add " + machine.namespace());
        for (int end = 0; end < 2 * pairs; end++) addEnd(end, batch);
        for (int pair = 0; pair < pairs; pair++)
            for (String port : List.of("p0", "p1")) join(port, namespace("dpu", 2 * pair), port, namespace("dpu", 2 * pair + 1), batch);
        for (int end = 0; end < 2 * pairs; end++) {
            batch.add("address add " + near(end) + "/31 dev " + uplink(end));
            batch.add("link set dev " + uplink(end) + " up");
        }
        return batch;
    }

    private void addEnd(int end, List<String> batch) {
        String host = namespace("host", end);
        String dpu = namespace("dpu", end);
        batch.add("link add name " + uplink(end) + " type veth peer name eno1 netns " + host);
        join("tmfifo_net0", host, "tmfifo_net0", dpu, batch);
        join("ens5f0np0", host, "pf0hpf", dpu, batch);
        join("ens5f1np1", host, "pf1hpf", dpu, batch);
        join("en3f0pf0sf0", dpu, "enp3s0f0s0", dpu, batch);
        join("en3f1pf1sf0", dpu, "enp3s0f1s0", dpu, batch);
    }

    private static void join(String left, String leftNamespace, String right, String rightNamespace, List<String> batch) {
        batch.add("link add name " + left + " netns " + leftNamespace + " type veth peer name " + right + " netns " + rightNamespace);
    }

    private LabMachine host(int end) {
        return new LabMachine(name("host", end), LabMachine.Kind.HOST, namespace("host", end), uplink(end), far(end), "", List.of(
            "link set dev lo up",
            "link set dev ens5f0np0 address " + mac(end, 0),
            "link set dev ens5f1np1 address " + mac(end, 1),
            "link set dev tmfifo_net0 up",     // no address: factory state (domain facts 4)
            "address add " + far(end) + "/31 dev eno1",
            "link set dev eno1 up",
            "route add default via " + near(end)), List.of("ens5f0np0", "ens5f1np1"));
    }

    private LabMachine dpu(int end) {
        var links = new ArrayList<String>(List.of("link set dev lo up", "address add 192.168.100.2/30 dev tmfifo_net0",
            "link set dev tmfifo_net0 up", "route add default via 192.168.100.1"));
        for (String link : DPU_LINKS) links.add("link set dev " + link + " up");
        return new LabMachine(name("dpu", end), LabMachine.Kind.DPU, namespace("dpu", end), "", "192.168.100.2", name("host", end), links, DPU_LINKS);
    }

    /// Locally administered, unique in a lab and between labs; `mlxfwmanager` says the same.
    String mac(int end, int port) {
        return String.format(Locale.ROOT, "02:%s:%s:%02x:%02x:%02x", id.substring(0, 2), id.substring(2, 4), Integer.parseInt(id.substring(4), 16) << 4, end, port);
    }

    private String namespace(String kind, int end) {
        return prefix(id) + name(kind, end);
    }

    private String uplink(int end) {
        return uplinkPrefix(id) + (end + 1);
    }

    private String near(int end) {
        return subnet + 2 * end;
    }

    private String far(int end) {
        return subnet + (2 * end + 1);
    }

    /// One pair reads best as host-a and host-b; a fleet as a range.
    String name(String kind, int end) {
        return pairs == 1 ? kind + (end == 0 ? "-a" : "-b") : String.format(Locale.ROOT, "%s-%03d", kind, end + 1);
    }

    String pairName(int pair) {
        return pairs == 1 ? "bench" : String.format(Locale.ROOT, "pair-%03d", pair + 1);
    }

    /// The address of a host's data port: each cable is a /30 of its own out of 192.0.2.0/24 (RFC 5737).
    static String dataAddress(int end, int port) {
        return "192.0.2." + (8 * (end / 2) + 4 * port + 1 + end % 2) + "/30";
    }
}
