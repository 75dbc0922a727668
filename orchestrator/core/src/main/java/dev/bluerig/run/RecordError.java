package dev.bluerig.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// What a run must keep of itself cannot be kept: journal or evidence. Nothing more is begun then (`RunCode.JOURNAL_UNWRITABLE`).
public final class RecordError extends UncheckedIOException {
    private static final long serialVersionUID = 1;

    RecordError(String what, IOException cause) {
        super(what + " cannot be written, so nothing more is done: " + words(cause), cause);
    }

    /// What went wrong with a file: the JDK says of some failures the file's name alone.
    public static String words(IOException failed) {
        if (!(failed instanceof FileSystemException named)) return String.valueOf(failed.getMessage());
        String why = switch (named) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "no such file or directory";
            case FileAlreadyExistsException _ -> "something of that name is there already";
            case NotDirectoryException _ -> "it is not a directory";
            default -> String.valueOf(named.getReason());
        };
        return named.getFile() == null ? why : named.getFile() + ": " + why;
    }
}
