package dev.bluerig.task;

import dev.bluerig.fact.ovs.OvsRestart;
import dev.bluerig.remote.Command;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.ovs.OvsPortConfig;
import dev.bluerig.task.ovs.OvsPrograms;
import java.util.ArrayList;
import java.util.List;

/// OpenFlow rules, groups, meters and settings of ports that a restart of ovs-vswitchd takes away, told and put back by undo.
final class OvsRestartLoss {
    static final String NEXT = "ovs-ofctl dump-flows BRIDGE; then say `flows: drop` in ovs, or keep them: save them, restart by hand"
        + " and put them back with ovs-ofctl replace-flows (ports, as ovs-ofctl show BRIDGE has them: mod-port)";
    static final String WITHOUT_DATABASE = "systemctl start ovsdb-server, which leaves ovs-vswitchd as it is; or say `flows: drop` in ovs";

    private OvsRestartLoss() {}

    /// What stands in the way, or, where it may go, what goes.
    static List<Change> changes(OvsRestart restart, OvsTask.Flows flows) {
        String expected = flows == OvsTask.Flows.DROP ? "lost with the restart" : "nothing that a restart of Open vSwitch takes away";
        return restart.lost().entrySet().stream()
            .map(entry -> new Change("OpenFlow rules of " + entry.getKey(), expected, OvsPrograms.shown(entry.getValue()))).toList();
    }

    /// Without a restart in undo they may be there still, so what is there goes first.
    static List<Command> back(OvsRestart restart, boolean restarted) {
        var commands = new ArrayList<Command>();
        restart.lost().forEach((bridge, program) -> {
            if (!program.unknown().isEmpty()) return;
            if (!restarted) commands.addAll(OvsPrograms.clear(bridge, program));
            commands.addAll(OvsPrograms.put(bridge, program));
            OvsPortConfig.again(bridge, program).forEach(commands::add);
        });
        return commands;
    }
}
