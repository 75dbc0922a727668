package dev.bluerig.remote.hostkey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Writes host keys to a known_hosts file: whole or not at all, one writer at a time, everything else in it untouched.
public final class KnownHostsFile {
    private static final int TRIES = 500;
    private static final long PAUSE_MILLIS = 20;

    private KnownHostsFile() {}

    public static void add(Path file, String name, PublicKeyText key) throws IOException {
        edit(file, text -> (text.isEmpty() || text.endsWith("\n") ? text : text + "\n") + name + " " + key + "\n");
    }

    /// Forgets every key of this name. Lines with patterns, and marked lines, stay.
    public static void remove(Path file, String name) throws IOException {
        if (!Files.isRegularFile(file)) return;
        String before = Files.readString(file, ISO_8859_1);
        if (without(before, name).equals(before)) return;           // perhaps not ours to write
        edit(file, text -> without(text, name));
    }

    static String without(String text, String name) {
        var kept = new ArrayList<String>();
        for (String line : text.split("\n", -1)) without(line, name.toLowerCase(Locale.ROOT), kept);
        return String.join("\n", kept);
    }

    private static void without(String line, String name, List<String> kept) {
        String[] words = line.strip().split("[ \t]+", 2);
        boolean plain = words.length == 2 && !words[0].startsWith("#") && !words[0].startsWith("@");
        if (!plain) {
            kept.add(line);
        } else if (words[0].startsWith("|1|")) {
            if (!hashed(words[0], name)) kept.add(line);
        } else {
            List<String> names = Arrays.asList(words[0].split(","));
            List<String> others = names.stream().filter(one -> !one.toLowerCase(Locale.ROOT).equals(name)).toList();
            if (others.size() == names.size()) kept.add(line);
            else if (!others.isEmpty()) kept.add(others.stream().collect(Collectors.joining(",")) + " " + words[1]);
        }
    }

    private static boolean hashed(String word, String name) {
        try {
            return HashedName.parse(word).matches(name);
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }

    private static void edit(Path asked, UnaryOperator<String> change) throws IOException {
        Path file = prepared(asked);
        if (!Files.isRegularFile(file)) throw new IOException(asked + ": it is not a regular file, so no host key is put there");
        for (int attempt = 0; attempt < TRIES; attempt++) {
            if (tried(file, change)) return;
            LockSupport.parkNanos(PAUSE_MILLIS * 1_000_000);
        }
        throw new IOException(file + ": locked by another process for " + TRIES * PAUSE_MILLIS / 1000 + " s");
    }

    /// The file itself behind a symbolic link; made, readable by its owner alone, when it does not exist.
    private static Path prepared(Path asked) throws IOException {
        Path parent = asked.toAbsolutePath().getParent();
        if (!Files.exists(parent))
            Files.createDirectories(parent, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            Files.createFile(asked, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (java.nio.file.FileAlreadyExistsException asUsual) {
            return asked.toRealPath();
        }
        return asked.toRealPath();
    }

    private static boolean tried(Path file, UnaryOperator<String> change) throws IOException {
        Object asked = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            Optional<FileLock> lock = locked(channel);
            // somebody may have put a new file in its place while we waited
            if (lock.isEmpty() || !asked.equals(Files.readAttributes(file, BasicFileAttributes.class).fileKey())) return false;
            // through this channel: closing another one of the same file would give up the lock (fcntl(2))
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
            for (int count = 0; bytes.hasRemaining() && count >= 0; ) count = channel.read(bytes);
            String text = new String(bytes.array(), 0, bytes.position(), ISO_8859_1);
            String changed = change.apply(text);
            if (changed.equals(text)) return true;
            Path fresh = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new");
            Files.writeString(fresh, changed, ISO_8859_1);
            Files.setPosixFilePermissions(fresh, Files.getPosixFilePermissions(file));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        }
    }

    private static Optional<FileLock> locked(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException inThisProcess) {
            return Optional.empty();
        }
    }
}
