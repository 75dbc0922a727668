package dev.bluerig.bench.fleet;

import dev.bluerig.lab.machine.LabMachine.Kind;
import dev.bluerig.lab.machine.LabTopology;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What the machines, links and addresses of a fleet are called; a pure function of how many there are.
///
/// Half of the machines are hosts, the other half their DPUs. All addresses are the fleet's alone: its controller has a network of its own.
public record FleetPlan(int number, Way way) {
    /// Two cables of a pair and all management links fit 10.64.0.0/15.
    private static final int MOST = 2_000;

    public FleetPlan {
        if (number < 2 || number > MOST || number % 2 != 0)
            throw new IllegalArgumentException("a fleet has an even number of machines, 2 to " + MOST + "; asked for " + number);
    }

    /// A machine; `end`: the number of its host, from 0 on.
    public record Member(String name, Kind kind, int end) {
        String mac(int port) {
            return String.format(Locale.ROOT, "02:b1:%02x:%02x:%02x:%02x", kind.ordinal(), end / 256, end % 256, port);
        }
    }

    public List<Member> members() {
        var members = new ArrayList<Member>();
        for (Kind kind : Kind.values())
            for (int end = 0; end < ends(); end++)
                members.add(new Member(String.format(Locale.ROOT, "%s-%03d", kind.name().toLowerCase(Locale.ROOT), end + 1), kind, end));
        return List.copyOf(members);
    }

    private int ends() {
        return number / 2;
    }

    public Member host(int end) {
        return members().get(end);
    }

    Member dpu(int end) {
        return members().get(ends() + end);
    }

    /// Where the controller reaches a machine by an address of its own.
    public String address(Member member) {
        return management(member, 1);
    }

    private String management(Member member, int side) {
        return dotted("10.65", 2 * (member.end() + member.kind().ordinal() * ends()) + side);
    }

    /// Addresses of a host's data ports: each cable is a /30.
    public List<String> data(int end) {
        return List.of(data(end, 0), data(end, 1));
    }

    private static String data(int end, int port) {
        return dotted("10.64", 8 * (end / 2) + 4 * port + 1 + end % 2) + "/30";
    }

    private static String dotted(String prefix, int low) {
        return prefix + "." + low / 256 + "." + low % 256;
    }

    /// Lines for `ip -batch` in the controller's namespace.
    List<String> links() {
        var batch = new ArrayList<String>();
        for (Member member : members()) {
            batch.add("netns add " + member.name());
            String near = "m" + member.kind().ordinal() + "-" + member.end();
            batch.add("link add name " + near + " type veth peer name " + managementLink(member) + " netns " + member.name());
            batch.add("address add " + management(member, 0) + "/31 dev " + near);
            batch.add("link set dev " + near + " up");
        }
        for (int end = 0; end < ends(); end++) {
            String host = host(end).name();
            String dpu = dpu(end).name();
            batch.add(join("tmfifo_net0", host, "tmfifo_net0", dpu));
            batch.add(join("ens5f0np0", host, "pf0hpf", dpu));
            batch.add(join("ens5f1np1", host, "pf1hpf", dpu));
            batch.add(join("en3f0pf0sf0", dpu, "enp3s0f0s0", dpu));
            batch.add(join("en3f1pf1sf0", dpu, "enp3s0f1s0", dpu));
            for (String port : List.of("p0", "p1")) {
                if (end % 2 == 1) batch.add(join(port, dpu(end - 1).name(), port, dpu));
                else if (end == ends() - 1) batch.add(join(port, dpu, port + "-plug", dpu));
            }
        }
        return batch;
    }

    private static String join(String left, String leftMachine, String right, String rightMachine) {
        return "link add name " + left + " netns " + leftMachine + " type veth peer name " + right + " netns " + rightMachine;
    }

    private static String managementLink(Member member) {
        return switch (member.kind()) {
            case HOST -> "eno1";
            case DPU -> "oob_net0";
        };
    }

    /// Lines for `ip -batch` inside a machine.
    List<String> addresses(Member member) {
        var lines = new ArrayList<>(List.of("link set dev lo up", "address add " + address(member) + "/31 dev " + managementLink(member),
            "link set dev " + managementLink(member) + " up"));
        switch (member.kind()) {
            case HOST -> lines.addAll(List.of("link set dev ens5f0np0 address " + member.mac(0),
                "link set dev ens5f1np1 address " + member.mac(1), "address add 192.168.100.1/30 dev tmfifo_net0",
                "link set dev tmfifo_net0 up", "route add default via " + management(member, 0)));
            case DPU -> {
                lines.add("address add " + LabTopology.DPU_ADDRESS + "/30 dev tmfifo_net0");
                lines.add("link set dev tmfifo_net0 up");
                for (String link : LabTopology.DPU_LINKS) lines.add("link set dev " + link + " up");
                if (member.end() == ends() - 1 && member.end() % 2 == 0)
                    lines.addAll(List.of("link set dev p0-plug up", "link set dev p1-plug up"));
            }
        }
        return lines;
    }

    /// The inventory, as a person would write it.
    public String inventory(Path identity) {
        String login = "{ssh: {user: lab, identity: \"" + identity + "\", sudo: passwordless}";
        var text = new StringBuilder("# made by the bench\nvars: {mtu: 9000, dpu_mtu: 9216}\ngroups:\n  hosts: " + login + "}\n  dpus:  "
            + login + ", mode: dpu}\nmachines:\n");
        for (Member member : members())
            switch (member.kind()) {
                case HOST -> text.append("  ").append(member.name()).append(": {kind: host, groups: [hosts], address: ")
                    .append(address(member)).append(", ports: [{pci: \"0000:b1:00.0\", address: ").append(data(member.end(), 0))
                    .append("}, {pci: \"0000:b1:00.1\", address: ").append(data(member.end(), 1)).append("}]}\n");
                case DPU -> text.append("  ").append(member.name()).append(": {kind: dpu, groups: [dpus], host: ")
                    .append(host(member.end()).name()).append(", card: \"0000:b1:00\", ").append(switch (way) {
                        case DIRECT -> "address: " + address(member);
                        case HOST -> "via: {link: tmfifo_net0, near: 192.168.100.1/30, far: " + LabTopology.DPU_ADDRESS + "}";
                    }).append("}\n");
            }
        if (ends() > 1) text.append("pairs:\n");
        for (int end = 0; end + 1 < ends(); end += 2)
            text.append("  ").append(String.format(Locale.ROOT, "pair-%03d", end / 2 + 1)).append(": {ends: [").append(host(end).name())
                .append(", ").append(host(end + 1).name()).append("], cables: [[0, 0], [1, 1]]}\n");
        return text.toString();
    }

    /// Every machine is filed under its name and its address; `keys`: of each, type and base64 of its host key.
    String knownHosts(Map<String, String> keys) {
        var text = new StringBuilder();
        for (Member member : members())
            text.append(member.name()).append(',').append(address(member)).append(' ').append(keys.get(member.name())).append('\n');
        return text.toString();
    }
}
