package dev.bluerig.run;

import dev.bluerig.source.VisibleText;

/// The words for what became of a task, as reports and the terminal print them.
public enum OutcomeStatus {
    OK, CHANGED, WOULD_CHANGE, FAILED, UNKNOWN, UNREACHABLE, SKIPPED;

    /// `WOULD_CHANGE` is "would change".
    public String text() {
        return VisibleText.words(this);
    }
}
