package dev.bluerig.source;

/// Where something was written: line and column count from 1; line 0 means the file as a whole.
public record Location(String file, int line, int column) {
    public static Location file(String file) {
        return new Location(file, 0, 0);
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
