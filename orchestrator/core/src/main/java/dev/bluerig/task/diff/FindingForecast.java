package dev.bluerig.task.diff;

import static dev.bluerig.fact.Effect.COMMAND;
import static dev.bluerig.fact.Effect.LINKS;
import static dev.bluerig.fact.Effect.LINK_FILES;
import static dev.bluerig.fact.Effect.MODULES;
import static dev.bluerig.fact.Effect.MODULE_FILES;
import static dev.bluerig.fact.Effect.PACKAGES;
import static dev.bluerig.fact.Effect.SERVICES;
import static dev.bluerig.fact.Effect.SWITCH;
import static dev.bluerig.fact.Effect.UNIT_FILES;

import dev.bluerig.fact.Effect;
import java.util.Collections;
import java.util.Set;

/// Which changes that come first could close a finding: `here` on the machine itself, `around` on those that it depends on.
/// A finding without any is a failure in `check`, too, because `apply` would surely fail at it.
public record FindingForecast(Set<Effect> here, Set<Effect> around) {
    private static final FindingForecast NONE = new FindingForecast(Set.of(), Set.of());

    public FindingForecast {
        here = Set.copyOf(here);
        around = Set.copyOf(around);
    }

    /// Every constant stands here: a new one does not compile before somebody has thought of it.
    public static FindingForecast of(Finding finding) {
        return switch (finding) {
            // asked once in a run, and no change of ours reaches it before a reset or a reboot
            case CARD_MISSING, CARD_MODE, CRYPTO_FUSED, FIRMWARE_FAMILY, FIRMWARE_NOT_ANSWERING, FIRMWARE_OLD, LINK_TYPE, RESET_PENDING,
                KERNEL_OLD,
                KERNEL_OPTION -> NONE;
            // a matter of the inventory or of the driver
            case PAIR_UNKNOWN, PEER_WITHOUT_ADDRESS, MTU_TOO_BIG, OFFLOAD_UNKNOWN_FLAG -> NONE;
            case KERNEL_WITHOUT_TLS_OFFLOAD, OFFLOAD_FIXED, OFFLOAD_REFUSED, FILE_NOT_REGULAR, FILE_NOT_TEXT, FILE_PLACE, FILE_TEMPORARY,
                FILE_TOO_BIG, SERVICE_MASKED, OVS_FOREIGN, OVS_DATAPATH,
                OVS_DATABASE_BROKEN, OVS_FLOWS, OVS_NAME, OVS_NOT_ANSWERING, OVS_SETTINGS_LOST, OVS_SETTING_UNEXPECTED,
                LINK_BELONGS, UNMET -> here(COMMAND);
            case PROGRAM_MISSING, PROGRAM_OTHER, OVS_NOT_INSTALLED, FILE_OWNER -> here(PACKAGES, COMMAND);
            case KERNEL_MODULE_BLACKLISTED -> here(MODULE_FILES, COMMAND);
            case KERNEL_MODULE_MISSING -> here(PACKAGES, COMMAND);
            case ADDRESS_ELSEWHERE -> here(COMMAND);   // and a task that takes this very address away: `Remedy.takes`
            case ADDRESS_ABSENT, LINK_DOWN, ROUTE_ELSEWHERE, OVS_BRIDGE_IN_USE, OVS_PORT_HAS_ADDRESS -> here(LINKS, COMMAND);
            case LINK_WITHOUT_CARRIER, REACH_SMALL_ONLY -> anywhere(LINKS, SWITCH, COMMAND);
            case REACH_AMBIGUOUS -> anywhere(LINKS, COMMAND);
            case REACH_CARD_UNKNOWN -> here(PACKAGES, COMMAND);
            case REACH_NO_ARP, REACH_NO_PING -> anywhere(LINKS, SWITCH, SERVICES, COMMAND);
            case BUSY -> anywhere(SERVICES, COMMAND);
            case LINK_MISSING -> here(SERVICES, MODULES, SWITCH, PACKAGES, COMMAND);
            case PORT_AMBIGUOUS, PORT_TAKEN, PORT_WITHOUT_NETDEV,
                OVS_PORT_ABSENT -> new FindingForecast(Set.of(SERVICES, MODULES, COMMAND), Set.of(COMMAND));
            case PERSIST_CONFLICT, PERSIST_NAME, PERSIST_UNREADABLE -> here(LINK_FILES, COMMAND);
            case PERSIST_IGNORED -> here(LINK_FILES, PACKAGES, COMMAND);
            case PERSIST_NOWHERE -> here(LINK_FILES, PACKAGES, SERVICES, COMMAND);
            case OVS_NOT_RUNNING -> here(SERVICES, PACKAGES, SWITCH, COMMAND);   // the task `ovs` starts it
            case OVS_RESTART_PENDING -> here(SERVICES, PACKAGES, COMMAND);
            case SERVICE_MISSING, OVS_SERVICE_UNKNOWN -> here(PACKAGES, UNIT_FILES, COMMAND);
            case OVS_OTHER_PORTS, OVS_OTHER_UPLINK, OVS_PORT_HELD, OVS_PORT_TAKEN -> here(SWITCH, COMMAND);
            case OVS_PORT_FAILED -> here(SWITCH, SERVICES, LINKS, COMMAND);
        };
    }

    private static FindingForecast here(Effect... effects) {
        return new FindingForecast(Set.of(effects), Set.of());
    }

    private static FindingForecast anywhere(Effect... effects) {
        return new FindingForecast(Set.of(effects), Set.of(effects));
    }

    /// Whether the changes foreseen on this machine, or on those around it, could close it.
    public boolean with(Set<Effect> foreseenHere, Set<Effect> foreseenAround) {
        return !Collections.disjoint(here, foreseenHere) || !Collections.disjoint(around, foreseenAround);
    }
}
