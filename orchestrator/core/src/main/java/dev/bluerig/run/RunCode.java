package dev.bluerig.run;

import dev.bluerig.diagnostic.Code;
import dev.bluerig.diagnostic.CodeFamily;
import dev.bluerig.diagnostic.CodesOf;
import dev.bluerig.diagnostic.Explained;

/// Why the run itself, and neither a machine nor a task, ended something.
@CodesOf(CodeFamily.RUN)
public enum RunCode implements Code {
    @Explained(meaning = "bluerig has a defect, and this machine met it.",
        next = "bluerig bundle RUN; send what it makes to the developers")
    INTERNAL,
    @Explained(meaning = "The journal could not be written, so nothing more was done.",
        next = "df -h .; make room where runs/ lies, then bluerig check")
    JOURNAL_UNWRITABLE
}
