package dev.bluerig.sim.machine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;

/// What tar archives hold. The same archive on many machines is read once, and its files share their bytes.
public final class TarArchives {
    private static final int BLOCK = 512;

    /// `type` as in a tar header: `0` file, `2` symbolic link, `5` directory.
    public record Member(String name, char type, int mode, String target, byte[] content) {}

    private final Map<String, List<Member>> read = new ConcurrentHashMap<>();

    /// Members of a gzipped archive (POSIX ustar, with GNU's and PAX's long names); throws when it is not one.
    public List<Member> members(byte[] archive) throws IOException {
        String key = hash(archive);
        List<Member> known = read.get(key);
        if (known != null) return known;
        List<Member> members = parse(new GZIPInputStream(new ByteArrayInputStream(archive), 1 << 16));
        read.put(key, members);
        return members;
    }

    private static String hash(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);   // every Java platform has SHA-256
        }
    }

    private static List<Member> parse(InputStream in) throws IOException {
        var members = new ArrayList<Member>();
        String longName = "";
        while (true) {
            byte[] header = in.readNBytes(BLOCK);
            if (header.length < BLOCK || header[0] == 0) return List.copyOf(members);
            int size = (int) octal(header, 124, 12);
            byte[] content = in.readNBytes(size);
            in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
            if (content.length < size) throw new IOException("Unexpected EOF in archive");
            char type = header[156] == 0 ? '0' : (char) header[156];
            switch (type) {
                case 'L' -> longName = text(content, 0, content.length);
                case 'x' -> longName = pax(content);
                case 'g' -> { }
                case '0', '2', '5' -> {
                    String prefix = text(header, 345, 155);
                    String name = !longName.isEmpty() ? longName : prefix.isEmpty() ? text(header, 0, 100)
                        : prefix + "/" + text(header, 0, 100);
                    members.add(new Member(name, type, (int) octal(header, 100, 8), text(header, 157, 100), content));
                    longName = "";
                }
                default -> throw new IOException("a member of type " + type + " is not simulated");
            }
        }
    }

    /// `LENGTH path=NAME\n`.
    private static String pax(byte[] content) {
        return new String(content, StandardCharsets.UTF_8).lines().map(line -> line.replaceFirst("^\\d+ ", ""))
            .filter(line -> line.startsWith("path="))
            .map(line -> line.substring(5)).findFirst().orElse("");
    }

    private static String text(byte[] from, int at, int length) {
        int end = at;
        while (end < at + length && from[end] != 0) end++;
        return new String(from, at, end - at, StandardCharsets.UTF_8);
    }

    private static long octal(byte[] from, int at, int length) throws IOException {
        String digits = text(from, at, length).strip();
        if (!digits.matches("[0-7]*")) throw new IOException("This does not look like a tar archive");
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }
}
