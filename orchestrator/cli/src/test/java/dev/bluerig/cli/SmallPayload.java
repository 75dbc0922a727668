package dev.bluerig.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/// A payload in the shape of the real one, for simulated hosts: they run the agent of this JVM, whatever lies in the jar.
final class SmallPayload {
    private static final int BLOCK = 512;

    private SmallPayload() {}

    /// Where `bluerig` looks for it, below its home.
    static void in(Path home) throws IOException {
        Path directory = Files.createDirectories(home.resolve("orchestrator/ktls/target/pair"));
        Files.write(directory.resolve("bluerig-pair.jar"), new byte[] {'P', 'K', 3, 4, 0, 0});
        var tar = new ByteArrayOutputStream();
        member(tar, "bin/", '5', 0755, new byte[0]);
        member(tar, "bin/java", '0', 0755, "\177ELF java".getBytes(StandardCharsets.US_ASCII));
        tar.write(new byte[2 * BLOCK]);
        for (String architecture : new String[] {"x86_64", "aarch64"}) {
            try (var out = new GZIPOutputStream(Files.newOutputStream(directory.resolve("runtime-" + architecture + ".tar.gz")))) {
                tar.writeTo(out);
            }
        }
    }

    /// POSIX ustar (pax(1)).
    private static void member(ByteArrayOutputStream tar, String name, char type, int mode, byte[] content) {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "%07o".formatted(mode));
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, "%011o".formatted(content.length));
        put(header, 136, "00000000000");
        Arrays.fill(header, 148, 156, (byte) ' ');
        header[156] = (byte) type;
        put(header, 257, "ustar");
        put(header, 263, "00");
        int sum = 0;
        for (byte each : header) sum += each & 255;
        put(header, 148, "%06o".formatted(sum));
        tar.writeBytes(header);
        tar.writeBytes(Arrays.copyOf(content, (content.length + BLOCK - 1) / BLOCK * BLOCK));
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
