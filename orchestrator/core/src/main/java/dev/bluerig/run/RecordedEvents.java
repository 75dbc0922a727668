package dev.bluerig.run;

import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Json;
import java.util.stream.Collectors;

/// A journal as a stranger may see it: the same lines in the same order, without secrets.
public final class RecordedEvents {
    private RecordedEvents() {}

    /// What is no event that we know is cleaned as what it is: JSON, or text.
    public static String of(String journal, Redaction redaction) {
        return journal.lines().map(line -> line(line, redaction) + "\n").collect(Collectors.joining());
    }

    private static String line(String line, Redaction redaction) {
        try {
            var tree = Json.read("journal", line);
            var event = JournalLine.event(tree);
            return Json.write(event.map(known -> redaction.fields(Json.read("journal", JournalLine.of(known, redaction))))
                .orElseGet(() -> redaction.strangers(tree)));
        } catch (InvalidInput torn) {
            return redaction.of(line);
        }
    }
}
