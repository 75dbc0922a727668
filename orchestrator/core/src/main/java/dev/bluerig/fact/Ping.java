package dev.bluerig.fact;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;

/// Whether `ping` is the one of iputils. Those of GNU inetutils, busybox and toybox cannot forbid fragments, so they cannot tell whether a full-size
/// packet passes whole.
final class Ping {
    static final Command VERSION = Command.of("ping", "-V");

    private Ping() {}

    static boolean isIputils(Reply reply) {
        return reply instanceof Reply.Ran ran && (ran.out() + ran.err()).contains("iputils");
    }
}
