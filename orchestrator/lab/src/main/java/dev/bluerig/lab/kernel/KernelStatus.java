package dev.bluerig.lab.kernel;

import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.LabMachine;
import dev.bluerig.lab.machine.MachineExec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What of a kernel lab is up: its guests, and in each the machines with their services.
public record KernelStatus(Path directory, List<Line> lines) {
    public KernelStatus {
        lines = List.copyOf(lines);
    }

    /// One guest or machine: wholly up, or what is wrong with it.
    public record Line(String name, boolean up, String said) {
        private String text() {
            return name + ": " + said;
        }
    }

    public boolean up() {
        return !lines.isEmpty() && lines.stream().allMatch(Line::up);
    }

    /// One line for each guest and machine.
    public String text() {
        return lines.isEmpty() ? "no lab in " + directory : lines.stream().map(Line::text).collect(Collectors.joining("\n"));
    }

    static KernelStatus of(KernelDirectory lab) throws LabFailed {
        var lines = new ArrayList<Line>();
        if (!lab.hasState()) {
            Qemu.processes(lab.prefix())
                .forEach(left ->
                lines.add(new Line("guest", false, "runs as process " + left.pid()
                + ", but the lab's files are gone; end it: bluerig lab kernel down")));
            return new KernelStatus(lab.path(), lines);
        }
        for (int guest = 0; guest < lab.state().guests(); guest++) lines.addAll(ofGuest(lab, guest));
        return new KernelStatus(lab.path(), lines);
    }

    private static List<Line> ofGuest(KernelDirectory lab, int guest) throws LabFailed {
        String name = KernelDirectory.guestName(guest);
        List<String> machines = lab.hardware(guest).machines().stream().map(LabMachine::name).toList();
        if (!lab.qemu(guest).runs())
            return Stream.concat(Stream.of(name), machines.stream()).map(each -> new Line(each, false, "dead")).toList();
        if (!Guest.greets(lab.state().ports().get(guest).getFirst()))
            return Stream.concat(Stream.of(new Line(name, false, "runs, but its sshd does not answer")),
                machines.stream().map(each -> new Line(each, false, "not known"))).toList();
        MachineExec.Result asked = new Guest(lab, guest).inside().run("/lab/guest/services");
        if (asked.status() != 0)
            return List.of(new Line(name, false, "runs, but does not say which services it has: " + asked.output().strip()));
        var lines = new ArrayList<>(List.of(new Line(name, true, "up")));
        lines.addAll(machines(machines, asked.output()));
        return lines;
    }

    /// `services` prints `machine program program ...`, a line for each name space in which something runs.
    static List<Line> machines(List<String> names, String said) {
        Map<String, List<String>> running = new LinkedHashMap<>();
        said.lines().map(line -> List.of(line.split(" "))).forEach(words -> running.put(words.getFirst(), words.subList(1, words.size())));
        return names.stream().map(name -> machine(name, running.getOrDefault(name, List.of()))).toList();
    }

    private static Line machine(String name, List<String> programs) {
        if (programs.isEmpty()) return new Line(name, false, "dead");
        List<String> missing = needed(name).filter(program -> !programs.contains(program)).toList();
        return missing.isEmpty() ? new Line(name, true, "up") : new Line(name, false, "up, without " + String.join(", ", missing));
    }

    private static Stream<String> needed(String machine) {
        return machine.startsWith("dpu-") ? Stream.of("sshd", "ovsdb-server", "ovs-vswitchd") : Stream.of("sshd");
    }
}
