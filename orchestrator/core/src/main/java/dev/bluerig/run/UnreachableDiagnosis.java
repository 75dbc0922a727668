package dev.bluerig.run;

import dev.bluerig.fact.Facts;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.link.DpuPath;
import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.Machine;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Unreachable;

/// A machine that does not answer, explained by what can still be asked: a DPU from its host.
record UnreachableDiagnosis(Machine machine, Inventory inventory, Connections connections) {
    /// A way that is yet to be made looks like this; a wrong key or a refused login does not.
    static boolean canHeal(ConnectionCode reason) {
        return switch (reason) {
            case NO_ROUTE, REFUSED, CONNECT_TIMEOUT, CHANNEL_REFUSED, TIMED_OUT, CONNECTION_LOST -> true;
            case NAME_UNKNOWN, NOT_SSH, HOST_KEY_UNKNOWN, HOST_KEY_CHANGED, LOGIN_REFUSED, KEY_UNREADABLE, PASSWORD_EXPIRED,
                NO_COMMON_ALGORITHM,
                SHELL_UNUSABLE, SUDO_MISSING, SUDO_PASSWORD_WANTED, SUDO_PASSWORD_WRONG, SUDO_NOT_FOR_SHELL, SUDO_NEEDS_TERMINAL,
                SUDO_REFUSED, NOT_ROOT, ACCOUNT_REFUSED, SESSION_REFUSED,
                HOST_UNREACHABLE, UPLOAD_REFUSED, HOST_SWAPPED,
                METHOD_NOT_ALLOWED, KEYS_REFUSED, KEY_NOT_ENOUGH, KEY_NOT_TAKEN, LOGINS_CLOSED, SECRET_MISSING, CONFIG_NOT_FOLLOWED,
                PROXY_FAILED -> false;
        };
    }

    String explained(Unreachable dead) {
        if (!canHeal(dead.reason()) || machine.via().isEmpty()) return dead.getMessage();
        return dead.getMessage() + seenFromHost();
    }

    /// Asked where the way may not be there yet: a dial would wait for its time-out. A host that cannot tell leaves it to the dial.
    boolean answersItsHost() {
        try {
            return way() instanceof Reading.Known<DpuPath>(DpuPath way) && way.answersPing().orElse(true);
        } catch (Unreachable alsoDead) {
            return false;
        }
    }

    private String seenFromHost() {
        String host = machine.host().orElseThrow();
        try {
            return switch (way()) {
                case Reading.Known<DpuPath>(DpuPath way) -> "; seen from " + host + ": " + way.text(via().link(), via().far());
                case Reading.Unknown<DpuPath>(String why) -> "; " + host + " could not say: " + why;
            };
        } catch (Unreachable alsoDead) {
            return "; and its host " + host + " was lost: " + alsoDead.getMessage();
        }
    }

    private Reading<DpuPath> way() throws Unreachable {
        return new Facts(connections.to(inventory.hostOf(machine).orElseThrow())).see(new DpuPath.Seen(via().link(), via().far()));
    }

    private Machine.Via via() {
        return machine.via().orElseThrow();
    }
}
