package dev.bluerig.converge;

import dev.bluerig.diagnostic.Code;
import dev.bluerig.diagnostic.CodeFamily;

/// Why the engine, and not a task's own judgement, ended a task.
public enum EngineCode implements Code {
    NOT_ACCEPTED("The machine differs from what is wanted, and an acceptance run changes nothing.", "bluerig check, then bluerig apply"),
    NOT_IN_PLAN("The saved plan does not name this change, so the machine was left as it is.",
        "bluerig check --save PLAN again, and read it"),
    PATH_UNKNOWN("It could not be seen which links carry this machine's management path, and the change touches links.",
        "read the detail; bluerig facts management-path --limit NAME"),
    REMEDY_FAILED("A command of the remedy failed; the commands after it were not run.",
        "read what the command printed, then bluerig check"),
    STATE_UNKNOWN("What must be seen to judge the task could not be seen, so nothing was done.",
        "read the detail; run the command on the machine"),
    STILL_DIFFERENT("The remedy ran, but asking again did not find the wanted state.", "bluerig check; look at the machine's log"),
    WOULD_CUT_PATH("The change could cut a management path: of this machine, or of a machine behind it. It was refused.",
        "manage the machine over another link (a DPU over its oob_net0 or tmfifo), or make this change by hand at its console");

    private final String meaning;
    private final String next;

    EngineCode(String meaning, String next) {
        this.meaning = meaning;
        this.next = next;
    }

    @Override
    public CodeFamily family() {
        return CodeFamily.ENGINE;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public String next() {
        return next;
    }
}
