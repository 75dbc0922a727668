package dev.bluerig.remote;

/// What a server or a proxy said, for people: one bounded line, in which nothing acts on a terminal.
final class ServerText {
    private static final int LONGEST = 400;

    private ServerText() {}

    /// Lines are joined by ` / `; control, format and private characters are shown by their numbers.
    static String shown(String text) {
        var line = new StringBuilder();
        for (String each : text.split("\\R")) if (!each.isBlank()) line.append(line.isEmpty() ? "" : " / ").append(each.strip());
        String whole = line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line.toString();
        var shown = new StringBuilder();
        whole.codePoints().forEach(point -> {
            if (harmless(point)) shown.appendCodePoint(point);
            else shown.append(String.format("\\u{%x}", point));
        });
        return shown.toString();
    }

    private static boolean harmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE, Character.UNASSIGNED,
                Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> point == '\t';
            default -> true;
        };
    }
}
