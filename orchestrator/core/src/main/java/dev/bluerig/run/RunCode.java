package dev.bluerig.run;

import dev.bluerig.diagnostic.Code;
import dev.bluerig.diagnostic.CodeFamily;

/// Why the run itself, and neither a machine nor a task, ended something.
public enum RunCode implements Code {
    INTERNAL("bluerig has a defect, and this machine met it.", "send the file that was named on the terminal to the developers"),
    JOURNAL_UNWRITABLE("The journal could not be written, so nothing more was done.",
        "df -h .; make room where runs/ lies, then bluerig check");

    private final String meaning;
    private final String next;

    RunCode(String meaning, String next) {
        this.meaning = meaning;
        this.next = next;
    }

    @Override
    public CodeFamily family() {
        return CodeFamily.RUN;
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
