package dev.bluerig.trial.run;

/// Why a trial was not tried on a pair.
///
/// `detail`: the hosts that `--limit` leaves out, the machine that is out and why, or what stopped the run.
public record TrialSkip(Reason reason, String detail) {
    public enum Reason { ONLY_ACCEPT, LIMIT, MACHINE_OUT, STOPPED }

    public String words() {
        return switch (reason) {
            case ONLY_ACCEPT -> "only `accept` runs trials";
            case LIMIT -> "--limit leaves out " + detail;
            case MACHINE_OUT -> "because of " + detail;
            case STOPPED -> detail;
        };
    }
}
