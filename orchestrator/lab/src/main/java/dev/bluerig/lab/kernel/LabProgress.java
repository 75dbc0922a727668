package dev.bluerig.lab.kernel;

/// Who watches a lab come up: the first time takes minutes, and a person wants to know what for, and to be able to stop it.
public interface LabProgress {
    /// One line of what happens now, or has happened.
    void say(String line);

    /// Asked again and again; once true, what is under way ends as failed.
    default boolean stopped() {
        return false;
    }
}
