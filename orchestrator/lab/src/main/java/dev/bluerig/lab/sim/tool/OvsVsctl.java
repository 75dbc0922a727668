package dev.bluerig.lab.sim.tool;

/// `ovs-vsctl`.
final class OvsVsctl {
    private OvsVsctl() {}

    static int run(Call call) {
        return call.unknown("not yet");
    }
}
