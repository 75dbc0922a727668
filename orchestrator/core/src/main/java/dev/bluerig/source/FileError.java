package dev.bluerig.source;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/// What went wrong with a file, in words: the JDK says of some failures the file's name alone.
public final class FileError {
    private FileError() {}

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
