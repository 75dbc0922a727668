package dev.bluerig.trial.run;

import dev.bluerig.diagnostic.Code;
import dev.bluerig.diagnostic.CodeFamily;
import dev.bluerig.diagnostic.CodesOf;
import dev.bluerig.diagnostic.Explained;

/// Why a trial, and neither an agent nor a machine, ended something.
@CodesOf(CodeFamily.TRIAL)
public enum TrialCode implements Code {
    @Explained(meaning = "The flip switched TLS offload flags off, and they could not be seen to be on again.",
        next = "ethtool -k NAME; bluerig apply")
    FLAGS_NOT_RESTORED,
    @Explained(meaning = "The flip was wanted, and a flag that is on cannot be switched off: [fixed]. Without the flip nothing shows"
        + " that the counters move for offload alone.",
        next = "say `flip: false`; then no direction can be more than the other witnesses make it")
    FLIP_IMPOSSIBLE,
    @Explained(meaning = "The flip was wanted, and the flags could not be switched off.", next = "read what ethtool said; dmesg")
    FLIP_REFUSED,
    @Explained(meaning = "A run before this one was killed on the machine, and what it had changed could not be put back.",
        next = "read which command failed; run it on the machine; then bluerig apply")
    LEFTOVER_STUCK,
    @Explained(meaning = "The user stopped the run; the agents were ended and put back what they had changed.", next = "run again")
    TRIAL_INTERRUPTED,
    @Explained(meaning = "The machine is not as the trial needs it, so nothing was started.", next = "bluerig apply, then bluerig accept")
    TRIAL_NOT_READY,
    @Explained(meaning = "What must be seen before the trial could not be seen, so nothing was started.",
        next = "read the detail; run the command on the machine")
    TRIAL_STATE_UNKNOWN
}
