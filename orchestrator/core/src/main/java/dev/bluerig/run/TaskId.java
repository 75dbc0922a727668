package dev.bluerig.run;

/// Which task of a playbook, whatever the machine and the run: `play` and `position` count from 0, `task` is its kind.
public record TaskId(int play, int position, String task) {
    /// As files are called, counted from 1 and sorted as the playbook is: `02-03-interface`.
    String fileName() {
        return String.format("%02d-%02d-%s", play + 1, position + 1, task);
    }

    /// As people call it within its play.
    String words() {
        return "task " + (position + 1) + ", `" + task + "`";
    }
}
