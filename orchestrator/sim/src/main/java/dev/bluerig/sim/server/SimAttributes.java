package dev.bluerig.sim.server;

import dev.bluerig.sim.machine.FileEntry;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// A simulated file's attributes in the words of `java.nio.file`.
record SimAttributes(FileEntry entry) implements PosixFileAttributes {
    private record Name(String name) implements UserPrincipal, GroupPrincipal {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static int mode(Set<PosixFilePermission> permissions) {
        int mode = 0;
        for (PosixFilePermission permission : permissions) mode |= 1 << 8 - permission.ordinal();
        return mode;
    }

    Map<String, Object> all() {
        var all = new HashMap<String, Object>();
        all.put("size", size());
        all.put("isDirectory", isDirectory());
        all.put("isRegularFile", isRegularFile());
        all.put("isSymbolicLink", isSymbolicLink());
        all.put("isOther", isOther());
        all.put("permissions", permissions());
        all.put("owner", owner());
        all.put("group", group());
        all.put("lastModifiedTime", lastModifiedTime());
        all.put("lastAccessTime", lastAccessTime());
        all.put("creationTime", creationTime());
        return all;
    }

    @Override
    public UserPrincipal owner() {
        return new Name(entry.owner());
    }

    @Override
    public GroupPrincipal group() {
        return new Name(entry.group());
    }

    @Override
    public Set<PosixFilePermission> permissions() {
        var permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (PosixFilePermission permission : PosixFilePermission.values()) {
            if ((entry.mode() >> 8 - permission.ordinal() & 1) == 1) permissions.add(permission);
        }
        return permissions;
    }

    @Override
    public FileTime lastModifiedTime() {
        return FileTime.from(Instant.ofEpochSecond(entry.modified()));
    }

    @Override
    public FileTime lastAccessTime() {
        return lastModifiedTime();
    }

    @Override
    public FileTime creationTime() {
        return lastModifiedTime();
    }

    @Override
    public boolean isRegularFile() {
        return entry.kind() == FileEntry.Kind.REGULAR;
    }

    @Override
    public boolean isDirectory() {
        return entry.isDirectory();
    }

    @Override
    public boolean isSymbolicLink() {
        return entry.kind() == FileEntry.Kind.LINK;
    }

    @Override
    public boolean isOther() {
        return entry.kind() == FileEntry.Kind.DEVICE;
    }

    @Override
    public long size() {
        return entry.content().length;
    }

    @Override
    public Object fileKey() {
        return entry;
    }
}
