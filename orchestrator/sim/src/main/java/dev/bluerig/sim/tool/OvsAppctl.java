package dev.bluerig.sim.tool;

import java.util.List;

/// `ovs-appctl`: whether ovs-vswitchd lives, which it is, and the flows it has made.
final class OvsAppctl {
    private OvsAppctl() {}

    static int run(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "T:t:m", List.of("timeout=", "target=", "names"), true);
        if (options.strange().isPresent()) return call.unknown("option " + options.strange().get());
        if (!call.machine().ovs().isRunning())
            return call.fail(1, "ovs-appctl: cannot read pidfile \"/var/run/openvswitch/ovs-vswitchd.pid\" (No such file or directory)");
        if (!call.user().isRoot())
            return call.fail(1, "ovs-appctl: cannot connect to \"/var/run/openvswitch/ovs-vswitchd.1100.ctl\" (Permission denied)");
        if (options.rest().size() == 2 && options.rest().getFirst().equals("dpctl/dump-flows"))
            return DumpFlows.dump(call, options.rest().getLast());
        if (options.rest().equals(List.of("upcall/show"))) return upcalls(call);
        if (options.rest().size() == 2 && options.rest().getFirst().equals("fdb/show")) return addresses(call, options.rest().getLast());
        if (!options.rest().equals(List.of("version"))) return call.unknown(String.join(" ", options.rest()));
        call.line("ovs-vswitchd (Open vSwitch) 3.1.0");
        return 0;
    }

    /// What a bridge learned is not simulated, and nothing is pinned.
    private static int addresses(ProgramCall call, String bridge) {
        if (call.machine().ovs().rules(bridge).isEmpty())
            return call.fail(2, "no such bridge\novs-appctl: ovs-vswitchd: server returned an error");
        call.line(" port  VLAN  MAC                Age");
        return 0;
    }

    /// `offloaded flows` is there when the flow API is on, and only then.
    private static int upcalls(ProgramCall call) {
        if (!call.machine().ovs().hasBridges()) return 0;
        call.line("system@ovs-system:");
        call.line("  flows         : (current 0) (avg 0) (max 8) (limit 10000)");
        if (call.machine().ovs().offloads()) call.line("  offloaded flows : 0");
        call.line("  dump duration : 1ms\n  ufid enabled : true\n\n  4: (keys 0)");
        return 0;
    }
}
