package dev.bluerig.remote.ssh;

import dev.bluerig.source.VisibleText;

/// What a server or a proxy said, for people: one bounded line, in which nothing acts on a terminal.
final class ServerText {
    private static final int LONGEST = 400;

    private ServerText() {}

    /// Lines are joined by ` / `; what cannot be seen is written as an escape.
    static String shown(String text) {
        var line = new StringBuilder();
        for (String each : text.split("\\R")) if (!each.isBlank()) line.append(line.isEmpty() ? "" : " / ").append(each.strip());
        return VisibleText.of(line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line.toString());
    }
}
