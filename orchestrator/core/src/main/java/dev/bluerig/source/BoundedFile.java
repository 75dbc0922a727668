package dev.bluerig.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The one way to read a file that somebody else writes: regular files alone, up to a size, within a time.
///
/// A device or a named pipe may never end; a file on a dead server may never begin.
public final class BoundedFile {
    /// Reports, plans and other JSON; what `Json` reads at most.
    public static final int JSON = 64 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private BoundedFile() {}

    /// Why a file was not read, in words that follow its name.
    public static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1;

        private Unreadable(String why) {
            super(why);
        }
    }

    /// Throws `NoSuchFileException` for a file that does not exist, else `Unreadable`.
    public static byte[] bytes(Path file, int most) throws NoSuchFileException, Unreadable {
        return bytes(file, most, PATIENCE);
    }

    static byte[] bytes(Path file, int most, Duration patience) throws NoSuchFileException, Unreadable {
        var reading = new FutureTask<>(() -> read(file, most));
        Thread.ofPlatform().daemon().name("reading " + file).start(reading);
        try {
            return reading.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof NoSuchFileException missing) throw missing;
            if (failed.getCause() instanceof Unreadable unreadable) throw unreadable;
            throw new Unreadable(failed.getCause() instanceof AccessDeniedException ? "permission denied"
                : String.valueOf(failed.getCause().getMessage()));
        } catch (TimeoutException silent) {
            reading.cancel(true);
            throw new Unreadable("reading it does not end within " + patience.toSeconds() + " s");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Unreadable("reading it was interrupted");
        }
    }

    private static byte[] read(Path file, int most) throws IOException {
        var kind = Files.readAttributes(file, BasicFileAttributes.class);
        if (!kind.isRegularFile())
            throw new Unreadable(kind.isDirectory() ? "it is a directory, not a file" : "it is a device, a pipe or a socket, not a file");
        try (InputStream in = Files.newInputStream(file)) {
            var all = new ByteArrayOutputStream(Math.clamp(kind.size(), 0, most));
            byte[] part = new byte[64 << 10];
            for (int count = in.read(part); count >= 0; count = in.read(part)) {
                if (all.size() + count > most) throw new Unreadable("it is larger than " + size(most));
                all.write(part, 0, count);
            }
            return all.toByteArray();
        }
    }

    private static String size(int bytes) {
        return bytes >= 1 << 20 ? (bytes >> 20) + " MiB" : bytes >= 1 << 10 ? (bytes >> 10) + " KiB" : bytes + " bytes";
    }

    /// UTF-8 and nothing else. Throws `InvalidInput`: `from` is the place that named the file, `what` it was to be ("the playbook").
    public static String text(Path file, int most, Location from, String what) {
        return utf8(file.toString(), bytes(file, most, from, what));
    }

    /// The same of what need not be text.
    public static byte[] bytes(Path file, int most, Location from, String what) {
        try {
            return bytes(file, most);
        } catch (NoSuchFileException missing) {
            throw new InvalidInput(from, itself(file, from) ? "there is no such " + what.replaceFirst("^the ", "")
                : "cannot read " + what + " " + file + ": no such file");
        } catch (Unreadable why) {
            throw new InvalidInput(from, "cannot read " + what + (itself(file, from) ? "" : " " + file) + ": " + why.getMessage());
        }
    }

    /// The place already says the name of the file.
    private static boolean itself(Path file, Location from) {
        return from.file().equals(file.toString());
    }

    /// `name`: for the place of the first byte that is not UTF-8.
    static String utf8(String name, byte[] bytes) {
        var in = ByteBuffer.wrap(bytes);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(in).toString();
        } catch (CharacterCodingException notText) {
            // the decoder stops at the first byte of what is wrong
            throw new InvalidInput(place(name, bytes, in.position()),
                String.format("not UTF-8 text: a byte 0x%02x stands here", bytes[in.position()]));
        }
    }

    private static Location place(String name, byte[] bytes, int position) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < position; i++) {
            if (bytes[i] != '\n') continue;
            line++;
            start = i + 1;
        }
        return new Location(name, line, new String(bytes, start, position - start, StandardCharsets.UTF_8).codePoints().map(c -> 1).sum()
            + 1);
    }
}
