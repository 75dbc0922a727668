package dev.bluerig.sim.tool;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The open file descriptors of a simulated process. Text is bytes: every char is one byte.
public record FileDescriptors(Map<Integer, Stream> open) {
    /// Exactly one direction each; a file opened for reading has no output.
    public record Stream(Optional<InputStream> in, Optional<OutputStream> out) {
        public static Stream reading(InputStream in) {
            return new Stream(Optional.of(in), Optional.empty());
        }

        public static Stream writing(OutputStream out) {
            return new Stream(Optional.empty(), Optional.of(out));
        }
    }

    public FileDescriptors {
        open = Map.copyOf(open);
    }

    public static FileDescriptors of(InputStream in, OutputStream out, OutputStream err) {
        return new FileDescriptors(Map.of(0, Stream.reading(in), 1, Stream.writing(out), 2, Stream.writing(err)));
    }

    public FileDescriptors with(int descriptor, Stream stream) {
        var changed = new HashMap<>(open);
        changed.put(descriptor, stream);
        return new FileDescriptors(changed);
    }

    public FileDescriptors without(int descriptor) {
        var changed = new HashMap<>(open);
        changed.remove(descriptor);
        return new FileDescriptors(changed);
    }

    public InputStream in() {
        return Optional.ofNullable(open.get(0)).flatMap(Stream::in).orElseGet(InputStream::nullInputStream);
    }

    public OutputStream out() {
        return writer(1);
    }

    public OutputStream err() {
        return writer(2);
    }

    private OutputStream writer(int descriptor) {
        return Optional.ofNullable(open.get(descriptor)).flatMap(Stream::out).orElseGet(OutputStream::nullOutputStream);
    }

    public void print(String text) {
        print(out(), text);
    }

    public void complain(String text) {
        print(err(), text + "\n");
    }

    /// To standard error, without an end of line.
    public void prompt(String text) {
        print(err(), text);
    }

    private static void print(OutputStream to, String text) {
        try {
            to.write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    public byte[] readAll() {
        try {
            return in().readAllBytes();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
