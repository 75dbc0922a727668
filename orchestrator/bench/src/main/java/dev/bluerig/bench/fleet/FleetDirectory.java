package dev.bluerig.bench.fleet;

import dev.bluerig.lab.machine.LabCard;
import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.LabMachine.Kind;
import dev.bluerig.lab.machine.MachineFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is written for a fleet before its machines start: keys, inventory, the scripts and stand-ins of the machines.
record FleetDirectory(Path path) {
    private static final List<String> SCRIPTS = List.of("up", "settle", "boot", "reset", "state", "tools/replay", "tools/arping",
        "tools/ethtool", "tools/lsmod", "tools/modprobe", "tools/systemctl", "tools/ovs-appctl", "tools/ovs-ofctl",
        "tools/ovs-vsctl", "tools/ovs-save", "tools/ovs-tables");
    /// The card whose answers are recorded; each machine puts its own numbers in their place.
    private static final String RECORDED = "02:b1:ff:ff:ff:ff";
    private static final Pattern NUMBER = Pattern.compile("(?m)^(guid|mac|serial)=(.*)$");

    void write(FleetPlan plan) throws IOException, LabFailed {
        Files.createDirectories(path);
        for (String script : SCRIPTS) MachineFiles.script(FleetDirectory.class, script, path.resolve("seed").resolve(script));
        MachineFiles.common(path.resolve("seed/lab"));
        MachineFiles.key(path.resolve("id_ed25519"), "bluerig-bench");
        Files.copy(path.resolve("id_ed25519.pub"), path.resolve("seed/id_ed25519.pub"));
        for (Kind kind : Kind.values()) {
            Path of = Files.createDirectories(path.resolve("seed").resolve(kind.name().toLowerCase(Locale.ROOT)));
            Files.writeString(of.resolve("card"), LabCard.of(kind, 0, RECORDED).text());
            Files.writeString(of.resolve("mlxconfig"), LabCard.CONFIGURATION);
        }
        var keys = new LinkedHashMap<String, String>();
        for (FleetPlan.Member member : plan.members()) keys.put(member.name(), machine(plan, member));
        Files.writeString(path.resolve("known_hosts"), plan.knownHosts(keys));
        Files.writeString(path.resolve("inventory.yaml"), plan.inventory(path.resolve("id_ed25519")));
        Files.write(path.resolve("links"), plan.links());
    }

    Path machine(FleetPlan.Member member) {
        return path.resolve("machines").resolve(member.name());
    }

    /// A machine's own files; returns type and base64 of its host key.
    private String machine(FleetPlan plan, FleetPlan.Member member) throws IOException, LabFailed {
        Path directory = Files.createDirectories(machine(member));
        Files.writeString(directory.resolve("kind"), member.kind().name().toLowerCase(Locale.ROOT) + "\n");
        Files.write(directory.resolve("addresses"), plan.addresses(member));
        Files.writeString(directory.resolve("numbers"), numbers(member));
        Path key = directory.resolve("ssh_host_ed25519_key");
        MachineFiles.key(key, member.name());
        String[] words = Files.readString(Path.of(key + ".pub")).split(" ");
        return words[0] + " " + words[1];
    }

    /// Lines for `sed`: the numbers of the recorded card become this machine's.
    private static String numbers(FleetPlan.Member member) {
        Matcher recorded = NUMBER.matcher(LabCard.of(member.kind(), 0, RECORDED).text());
        Matcher own = NUMBER.matcher(LabCard.of(member.kind(), member.end() + 1, member.mac(0)).text());
        var lines = new StringBuilder("s/@ID@/").append(member.mac(0).replace(":", "").substring(4)).append("/\n");
        while (recorded.find() && own.find()) lines.append("s/").append(recorded.group(2)).append('/').append(own.group(2)).append("/g\n");
        return lines.toString();
    }
}
