package dev.bluerig.sim.tool;

import dev.bluerig.sim.ovs.OpenVSwitch;
import java.time.Duration;

/// `ovs-vsctl`: the way to the database, and the wait for ovs-vswitchd after a change.
final class OvsVsctl {
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private OvsVsctl() {}

    static int run(ProgramCall call) {
        if (!call.user().isRoot())
            return call.fail(1, "ovs-vsctl: unix:/var/run/openvswitch/db.sock: database connection failed (Permission denied)");
        OpenVSwitch.Reply reply = call.machine().ovs().vsctl(call.arguments());
        if (reply.err().contains("not simulated") || reply.err().contains("unknown command"))
            call.machine().unknown(String.join(" ", call.words()));
        if (reply.stuck().isPresent()) {
            int seconds = reply.stuck().get();
            call.process().pause(seconds == 0 ? FOR_EVER : Duration.ofSeconds(seconds));
            return call.fail(reply.status(), "2026-11-22T00:00:00Z|00002|fatal_signal|WARN|terminating with signal 14 (Alarm clock)");
        }
        call.print(reply.out());
        if (!reply.err().isEmpty()) call.io().prompt(reply.err());
        return reply.status();
    }
}
