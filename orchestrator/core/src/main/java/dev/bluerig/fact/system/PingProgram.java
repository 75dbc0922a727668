package dev.bluerig.fact.system;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;

/// Whether `ping` is the one of iputils. Those of GNU inetutils, busybox and toybox cannot forbid fragments, so they cannot tell whether a
/// full-size packet passes whole.
public final class PingProgram {
    public static final Command VERSION = Command.of("ping", "-V");

    private PingProgram() {}

    public static boolean isIputils(Reply reply) {
        return reply instanceof Reply.Ran ran && (ran.out() + ran.err()).contains("iputils");
    }
}
