package dev.bluerig.run;

/// How bluerig leaves its process; the numbers are a promise to scripts (README, `bluerig --help`).
public enum ExitCode {
    DONE(0), FAILED(1), CHANGES(2), UNREACHABLE(3), BAD_INPUT(4), DEFECT(70), INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
