package dev.bluerig.sim.machine;

/// A file, directory or symbolic link of a simulated machine. `modified`: seconds since 1970.
public record FileEntry(Kind kind, byte[] content, String target, int mode, String owner, String group, long modified) {
    public enum Kind { REGULAR, DIRECTORY, LINK, DEVICE }

    /// The day the simulated image was made: fixed, so that listings are the same in every run.
    public static final long EPOCH = 1_763_000_000L;

    private static final byte[] NONE = new byte[0];

    public static FileEntry regular(byte[] content, int mode, String owner, String group) {
        return new FileEntry(Kind.REGULAR, content, "", mode, owner, group, EPOCH);
    }

    public static FileEntry directory(int mode, String owner, String group) {
        return new FileEntry(Kind.DIRECTORY, NONE, "", mode, owner, group, EPOCH);
    }

    public static FileEntry link(String target) {
        return new FileEntry(Kind.LINK, NONE, target, 0777, "root", "root", EPOCH);
    }

    public static FileEntry device(int mode) {
        return new FileEntry(Kind.DEVICE, NONE, "", mode, "root", "root", EPOCH);
    }

    public FileEntry with(byte[] fresh) {
        return new FileEntry(kind, fresh, target, mode, owner, group, modified);
    }

    public FileEntry withMode(int fresh) {
        return new FileEntry(kind, content, target, fresh, owner, group, modified);
    }

    public FileEntry withOwner(String user, String fresh) {
        return new FileEntry(kind, content, target, mode, user, fresh, modified);
    }

    public FileEntry at(long seconds) {
        return new FileEntry(kind, content, target, mode, owner, group, seconds);
    }

    public boolean isDirectory() {
        return kind == Kind.DIRECTORY;
    }
}
