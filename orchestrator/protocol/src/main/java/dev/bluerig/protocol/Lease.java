package dev.bluerig.protocol;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// What is to be put back on a machine, and until when its holder sees to that itself: it moves the deadline on while it is heard. The text
/// lies in a file, so that somebody else can put it back when the holder is gone. It knows nothing of what was changed.
///
/// - `pid`: the process that holds it.
/// - `deadline`: whole seconds; a fraction is rounded up.
/// - `restore`: commands, each a list of words; run in this order, whatever becomes of the ones before.
public record Lease(long pid, Instant deadline, List<List<String>> restore) {
    /// The file's name, in the directory of whoever holds it.
    public static final String FILE = "lease.json";
    private static final long NANOS_OF_A_SECOND = 1_000_000_000;
    /// Of the year 9999.
    private static final long LAST_SECOND = 253_402_300_799L;

    public Lease {
        deadline = deadline.plusNanos(NANOS_OF_A_SECOND - 1).truncatedTo(ChronoUnit.SECONDS);
        restore = restore.stream().map(List::copyOf).toList();
    }

    public Lease until(Instant later) {
        return new Lease(pid, later, restore);
    }

    /// No second of the deadline is left.
    public boolean over(Instant now) {
        return now.getEpochSecond() > deadline.getEpochSecond();
    }

    /// One line, with its end.
    public String text() {
        return JsonValue.fields().with("pid", pid).with("deadline", deadline.getEpochSecond())
            .with("restore", restore.stream().map(JsonValue::words).toList()) + "\n";
    }

    /// Fields that nobody knows are passed over: a later bluerig may have written it. `place`: where the text is from, for the message.
    public static Lease read(String place, String text) throws MalformedLine {
        try {
            if (!(JsonReader.read(text.strip()) instanceof JsonValue.Fields object)) throw new MalformedLine("a lease is an object");
            var fields = new FieldReader(object);
            long pid = fields.whole("pid", 0);
            long deadline = fields.whole("deadline", 0, LAST_SECOND);
            List<List<String>> restore = fields.commands("restore");
            fields.finishKnown();
            return new Lease(pid, Instant.ofEpochSecond(deadline), restore);
        } catch (MalformedLine bad) {
            throw new MalformedLine(place + ": " + bad.getMessage());
        }
    }
}
