package dev.bluerig.lab.namespace;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What of a lab is up and what is dead.
public record NamespaceStatus(Path directory, List<OfMachine> machines) {
    public NamespaceStatus {
        machines = List.copyOf(machines);
    }

    /// `UP`: every service of the machine runs. `DEGRADED`: the machine runs, `missing` does not. `DEAD`: its namespace stands, nothing
    /// runs. `ABSENT`: not even that.
    public enum State { UP, DEGRADED, DEAD, ABSENT }

    /// One machine.
    public record OfMachine(String name, State state, List<String> missing) {
        public OfMachine {
            missing = List.copyOf(missing);
        }

        static OfMachine of(String name, Namespace namespace, List<Namespace.NamespaceProcess> processes, boolean ovs) {
            if (!namespace.exists()) return new OfMachine(name, State.ABSENT, List.of());
            if (processes.isEmpty()) return new OfMachine(name, State.DEAD, List.of());
            var missing = new ArrayList<String>();
            for (String program : ovs ? List.of("sshd", "ovsdb-server", "ovs-vswitchd") : List.of("sshd"))
                if (processes.stream().noneMatch(process -> process.program().equals(program))) missing.add(program);
            return new OfMachine(name, missing.isEmpty() ? State.UP : State.DEGRADED, missing);
        }

        private String text() {
            return switch (state) {
                case UP -> name + ": up";
                case DEGRADED -> name + ": up, without " + String.join(", ", missing);
                case DEAD -> name + ": dead";
                case ABSENT -> name + ": absent";
            };
        }
    }

    public boolean down() {
        return machines.stream().allMatch(machine -> machine.state == State.ABSENT);
    }

    public boolean up() {
        return !machines.isEmpty() && machines.stream().allMatch(machine -> machine.state == State.UP);
    }

    /// One line for each machine.
    public String text() {
        return machines.isEmpty() ? "no lab in " + directory : machines.stream().map(OfMachine::text).collect(Collectors.joining("\n"));
    }
}
