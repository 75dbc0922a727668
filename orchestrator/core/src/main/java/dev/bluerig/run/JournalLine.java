package dev.bluerig.run;

import dev.bluerig.source.Binder;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Json;
import dev.bluerig.source.Location;
import dev.bluerig.source.Tree;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A journal event as one line of JSON: `at`, `event`, and the fields of its type.
final class JournalLine {
    /// What events are called on disk.
    static final Map<String, Class<? extends JournalEvent>> TYPES = Map.ofEntries(
        Map.entry("began", JournalEvent.RunBegan.class),
        Map.entry("acting", JournalEvent.RemedyBegan.class),
        Map.entry("acted", JournalEvent.RemedyEnded.class),
        Map.entry("armed", JournalEvent.Armed.class),
        Map.entry("released", JournalEvent.Released.class),
        Map.entry("outcome", JournalEvent.TaskEnded.class),
        Map.entry("trial", JournalEvent.TrialProgress.class),
        Map.entry("cleaned", JournalEvent.Cleaned.class),
        Map.entry("flipping", JournalEvent.FlipBegan.class),
        Map.entry("flipped", JournalEvent.FlipEnded.class),
        Map.entry("cell", JournalEvent.CellJudged.class),
        Map.entry("purged", JournalEvent.Purged.class),
        Map.entry("not purged", JournalEvent.NotPurged.class),
        Map.entry("over", JournalEvent.RunEnded.class));
    private static final Location NOWHERE = Location.file("(journal)");

    private JournalLine() {}

    private static String name(JournalEvent event) {
        return TYPES.entrySet().stream().filter(type -> type.getValue() == event.getClass()).findFirst().orElseThrow().getKey();
    }

    /// Ends with a line feed.
    static String of(JournalEvent event, Redaction redaction) {
        var fields = ((Tree.Mapping) redaction.tree(event)).entries();
        var line = new LinkedHashMap<String, Tree.Entry>();
        line.put("at", fields.get("at"));
        line.put("event", new Tree.Entry(NOWHERE, new Tree.Scalar(NOWHERE, name(event), false)));
        line.putAll(fields);
        return Json.write(new Tree.Mapping(NOWHERE, line)) + "\n";
    }

    /// Empty for an event that only another version knows, or knows in another form. Fields that we do not know are passed over.
    static Optional<JournalEvent> event(Tree line) {
        if (!(line instanceof Tree.Mapping fields && fields.get("event").orElse(line) instanceof Tree.Scalar name)) return Optional.empty();
        try {
            return Optional.ofNullable(TYPES.get(name.text())).map(type -> Binder.bindKnown(type, line));
        } catch (InvalidInput other) {
            return Optional.empty();
        }
    }
}
