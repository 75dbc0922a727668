package dev.bluerig.task.boot;

import dev.bluerig.task.diff.DiffBuilder;

/// A file as it should be, beside what it holds; `before` is empty when there is none.
record FileEdit(String path, String text, String mode, String before) {
    void compare(String what, DiffBuilder draft) {
        if (before.equals(text)) return;
        draft.change(what, "in " + path, before.isEmpty() ? "no such file" : "other settings");
        draft.write(path, text, mode, before);
    }
}
