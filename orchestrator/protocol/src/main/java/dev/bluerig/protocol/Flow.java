package dev.bluerig.protocol;

import java.util.List;

/// What one end sent, or what it received.
///
/// - `bytes`: payload; `records`: TLS records, -1 when unknown.
/// - `seconds`: from the first byte to the last; `perSecond`: bytes of each second.
/// - `checked`: bytes of payload that were compared with what was expected; `intact`: none differed.
/// - `digest`: of the payload, when every byte was compared, else empty.
public record Flow(long bytes, long records, double seconds, List<Long> perSecond, long checked, boolean intact, String digest) {
    public Flow {
        perSecond = List.copyOf(perSecond);
    }

    JsonValue.Fields json() {
        return JsonValue.fields().with("bytes", bytes).with("records", records).with("seconds", seconds)
            .with("per_second", JsonValue.numbers(perSecond)).with("checked", checked).with("intact", intact).with("digest", digest);
    }

    static Flow read(FieldReader fields) {
        return new Flow(fields.whole("bytes", 0), fields.whole("records", -1), fields.real("seconds"), fields.wholes("per_second"),
            fields.whole("checked", 0), fields.flag("intact"), fields.optional("digest"));
    }
}
