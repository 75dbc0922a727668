package dev.bluerig.bench;

import dev.bluerig.bench.fleet.Fleet;
import dev.bluerig.bench.fleet.FleetPlan;
import dev.bluerig.bench.fleet.Way;
import dev.bluerig.bench.job.JobFiles;
import dev.bluerig.lab.machine.LabPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What users would take in bluerig's place, as far as Debian's packages of it are installed.
record Peers(Path directory, Fleet fleet) {
    private static final Path MITOGEN = Path.of("/usr/lib/python3/dist-packages/ansible_mitogen/plugins/strategy");
    private static final Pattern CHANGED = Pattern.compile("changed=(\\d+)");
    /// Ansible's own processes: more of them than this gain nothing on few cores, and cost memory.
    private static final int FORKS = 50;

    /// A peer, or why there is none.
    record Peer(String name, List<ComparedTool> tool, String absence) {
        static Peer of(ComparedTool tool) {
            return new Peer(tool.name(), List.of(tool), "");
        }

        static Peer absent(String name, String why) {
            return new Peer(name, List.of(), why);
        }
    }

    List<Peer> all() throws IOException {
        return List.of(clustershell(), ansible("ansible", "linear"), ansible("ansible-mitogen", "mitogen_linear"));
    }

    private Peer clustershell() throws IOException {
        String name = "clustershell";
        if (!LabPrograms.present("clush")) return Peer.absent(name, "not installed");
        if (fleet.plan().way() == Way.HOST) return Peer.absent(name, "job not expressed: one user and one way for all nodes");
        Path own = Files.createDirectories(directory.resolve(name));
        // all nodes get the same command and standard input, so the script looks up its own arguments
        String arguments = plan().members().stream().map(member -> "    " + member.name() + ") set -- " + switch (member.kind()) {
            case HOST -> "host " + String.join(" ", plan().data(member.end()));
            case DPU -> "dpu";
        } + " ;;\n").collect(Collectors.joining());
        Path job = Files.writeString(own.resolve("job.sh"), "case $(uname -n) in\n" + arguments + "esac\n" + JobFiles.text("job.sh"));
        String nodes = plan().members().stream().map(plan()::address).collect(Collectors.joining(","));
        return Peer.of(new ComparedTool(name, own, List.of("sh", "-c", "exec clush \"$@\" <\"$0\"", job.toString(), "-S", "-w", nodes, "-f",
            Integer.toString(fleet.size()), "-l", "lab", "-o", String.join(" ", ssh()), "sudo -n sh -s"), CHANGED));
    }

    private Peer ansible(String name, String strategy) throws IOException {
        if (!LabPrograms.present("ansible-playbook") || strategy.startsWith("mitogen") && !Files.isDirectory(MITOGEN))
            return Peer.absent(name, "not installed");
        if (fleet.plan().way() == Way.HOST)
            return Peer.absent(name, "job not expressed: its connections through a host are not set up here");
        Path own = Files.createDirectories(directory.resolve(name));
        Path job = Files.writeString(own.resolve("job.yml"), JobFiles.text("ansible/job.yml"));
        Path inventory = Files.writeString(own.resolve("hosts.ini"), inventory());
        Path config = Files.writeString(own.resolve("ansible.cfg"), """
            [defaults]
            strategy = %s
            strategy_plugins = %s
            forks = %d
            gathering = explicit
            private_key_file = %s
            remote_user = lab
            timeout = 60
            [ssh_connection]
            pipelining = True
            control_path_dir = %s
            ssh_args = %s -o ControlMaster=auto -o ControlPersist=60s
            """.formatted(strategy, MITOGEN, Math.min(fleet.size(), FORKS), fleet.directory().resolve("id_ed25519"), own.resolve("cp"),
            String.join(" ", ssh())));
        return Peer.of(new ComparedTool(name, own, List.of("env", "LC_ALL=C.UTF-8", "ANSIBLE_CONFIG=" + config, "ansible-playbook", "-i",
            inventory.toString(), job.toString()), CHANGED));
    }

    private FleetPlan plan() {
        return fleet.plan();
    }

    /// As the floor's, but for the sharing of connections.
    private List<String> ssh() {
        var words = new ArrayList<>(List.of("-F", "none"));
        for (String option : List.of("BatchMode=yes", "KexAlgorithms=curve25519-sha256", "Ciphers=aes128-gcm@openssh.com",
            "HostKeyAlgorithms=ssh-ed25519", "StrictHostKeyChecking=yes", "UserKnownHostsFile=" + fleet.directory().resolve("known_hosts"),
            "GlobalKnownHostsFile=/dev/null", "IdentitiesOnly=yes", "IdentityFile=" + fleet.directory().resolve("id_ed25519"),
            "PreferredAuthentications=publickey", "LogLevel=ERROR"))
            words.addAll(List.of("-o", option));
        return words;
    }

    private String inventory() {
        var hosts = new StringBuilder("[hosts]\n");
        var dpus = new StringBuilder("[dpus]\n");
        for (FleetPlan.Member member : plan().members()) {
            String line = member.name() + " ansible_host=" + plan().address(member);
            switch (member.kind()) {
                case HOST -> hosts.append(line).append(" card=0000:b1:00.0 ports='[{\"link\": \"ens5f0np0\", \"address\": \"")
                    .append(plan().data(member.end()).getFirst()).append("\"}, {\"link\": \"ens5f1np1\", \"address\": \"")
                    .append(plan().data(member.end()).getLast()).append("\"}]'\n");
                case DPU -> dpus.append(line).append(" card=0000:03:00.0\n");
            }
        }
        return hosts.append(dpus).append("[all:vars]\nansible_python_interpreter=/usr/bin/python3\n").toString();
    }
}
