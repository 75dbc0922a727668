package dev.bluerig.trial.run;

import dev.bluerig.diagnostic.Code;
import dev.bluerig.diagnostic.CodeFamily;

/// Why a trial, and neither an agent nor a machine, ended something.
public enum TrialCode implements Code {
    FLAGS_NOT_RESTORED("The flip switched TLS offload flags off, and they could not be seen to be on again.",
        "ethtool -k NAME; bluerig apply"),
    FLIP_IMPOSSIBLE("The flip was wanted, and a flag that is on cannot be switched off: [fixed]. Without the flip nothing shows that"
        + " the counters move for offload alone.", "say `flip: false`; then no direction can be more than the other witnesses make it"),
    FLIP_REFUSED("The flip was wanted, and the flags could not be switched off.", "read what ethtool said; dmesg"),
    LEFTOVER_STUCK("A run before this one was killed on the machine, and what it had changed could not be put back.",
        "read which command failed; run it on the machine; then bluerig apply"),
    TRIAL_INTERRUPTED("The user stopped the run; the agents were ended and put back what they had changed.", "run again"),
    TRIAL_NOT_READY("The machine is not as the trial needs it, so nothing was started.", "bluerig apply, then bluerig accept"),
    TRIAL_STATE_UNKNOWN("What must be seen before the trial could not be seen, so nothing was started.",
        "read the detail; run the command on the machine");

    private final String meaning;
    private final String next;

    TrialCode(String meaning, String next) {
        this.meaning = meaning;
        this.next = next;
    }

    @Override
    public CodeFamily family() {
        return CodeFamily.TRIAL;
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
