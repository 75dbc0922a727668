package dev.bluerig.run;

import dev.bluerig.source.FileError;
import java.io.IOException;
import java.io.UncheckedIOException;

/// What a run must keep of itself cannot be kept: journal or evidence. Nothing more is begun then (`RunCode.JOURNAL_UNWRITABLE`).
final class RecordError extends UncheckedIOException {
    private static final long serialVersionUID = 1;

    RecordError(String what, IOException cause) {
        super(what + " cannot be written, so nothing more is done: " + FileError.words(cause), cause);
    }
}
