package dev.bluerig.sim.machine;

/// What a system call on a file said, in the words of strerror(3).
public final class FileError extends Exception {
    private static final long serialVersionUID = 1;

    public static final String MISSING = "No such file or directory";
    public static final String DENIED = "Permission denied";
    public static final String NO_SPACE = "No space left on device";
    public static final String READ_ONLY = "Read-only file system";
    public static final String NOT_DIRECTORY = "Not a directory";
    public static final String IS_DIRECTORY = "Is a directory";
    public static final String EXISTS = "File exists";
    public static final String NOT_EMPTY = "Directory not empty";

    public FileError(String message) {
        super(message);
    }
}
