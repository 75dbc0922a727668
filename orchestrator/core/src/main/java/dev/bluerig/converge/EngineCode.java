package dev.bluerig.converge;

import dev.bluerig.diagnostic.Code;
import dev.bluerig.diagnostic.CodeFamily;
import dev.bluerig.diagnostic.CodesOf;
import dev.bluerig.diagnostic.Explained;
import dev.bluerig.guard.Refusal;

/// Why the engine, and not a task's own judgement, ended a task.
@CodesOf(CodeFamily.ENGINE)
public enum EngineCode implements Code {
    @Explained(meaning = "The machine could not be made to take the change back by itself, so the change was not made.",
        next = "read the detail: what is missing on the machine; or make this change by hand at its console")
    ARM_FAILED,
    @Explained(meaning = "After an armed change the machine could not be reached by a new connection, or was not as wanted, and it is not"
        + " known that the machine has taken all of it back.",
        next = "read the detail; look at the machine by its console: /var/lib/bluerig/armed there holds what was to be put back")
    ARMED_NOT_REVERTED,
    @Explained(meaning = "After an armed change the machine could not be reached by a new connection, or was not as wanted. The machine"
        + " has taken the change back, and is as it was before.",
        next = "read the detail; change the wish, or the way by which the machine is managed")
    ARMED_REVERTED,
    @Explained(meaning = "The machine differs from what is wanted, and an acceptance run changes nothing.",
        next = "bluerig check, then bluerig apply")
    NOT_ACCEPTED,
    @Explained(meaning = "The saved plan does not name this change, so the machine was left as it is.",
        next = "bluerig check --save PLAN again, and read it")
    NOT_IN_PLAN,
    @Explained(meaning = "It could not be seen which links carry this machine's management path, and the change touches links.",
        next = "read the detail; bluerig facts management-path --limit NAME")
    PATH_UNKNOWN,
    @Explained(meaning = "A command of the remedy failed; the commands after it were not run.",
        next = "read what the command printed, then bluerig check")
    REMEDY_FAILED,
    @Explained(meaning = "What must be seen to judge the task could not be seen, so nothing was done.",
        next = "read the detail; run the command on the machine")
    STATE_UNKNOWN,
    @Explained(meaning = "The remedy ran, but asking again did not find the wanted state.",
        next = "bluerig check; look at the machine's log")
    STILL_DIFFERENT,
    @Explained(meaning = "The change could cut a management path: of this machine, or of a machine behind it. It was refused.",
        next = "manage the machine over another link (a DPU over its oob_net0 or tmfifo), arm the change (--arm), or make it by hand at"
        + " the machine's console")
    WOULD_CUT_PATH,
    @Explained(meaning = "The change touches what the next login goes by (SSH server, sudo, accounts, firewall, whoever sets up links),"
        + " and it could not be told that it still works afterwards. It was refused.",
        next = "read the detail; arm the change (--arm), or make it by hand, with a second session open until a new login was tried")
    WOULD_LOCK_OUT;

    static EngineCode of(Refusal refusal) {
        if (refusal.dangers().isEmpty()) return PATH_UNKNOWN;
        return refusal.cutsPath() ? WOULD_CUT_PATH : WOULD_LOCK_OUT;
    }
}
