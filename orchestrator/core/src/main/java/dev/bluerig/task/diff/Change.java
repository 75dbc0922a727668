package dev.bluerig.task.diff;

import dev.bluerig.source.Described;

/// One difference between what is wanted and what was seen, in words for people.
public record Change(String what, String expected, String found,
                     @Described(value = "Whether it counts now, or from the next boot on.", absent = "now") When when) {
    /// What differs now, or what would differ after a reboot.
    public enum When { NOW, BOOT }

    public Change(String what, String expected, String found) {
        this(what, expected, found, When.NOW);
    }

    public static Change atBoot(String what, String expected, String found) {
        return new Change(what, expected, found, When.BOOT);
    }

    public Change at(When other) {
        return new Change(what, expected, found, other);
    }
}
