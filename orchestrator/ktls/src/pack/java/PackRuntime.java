import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/// Links a Java runtime for the agent out of the JDK that runs this, and packs it as `runtime-<uname -m>.tar.gz`. The same JDK gives the
/// same bytes: entries are sorted, belong to root, and are of one date. Does nothing when the archive is of this JDK and these options
/// already. Words: the directory for the archive.
public final class PackRuntime {
    /// docs/adr/0007-pair-packaging.md. The modules are not compressed in the image, for gzip does it better over all of them.
    private static final List<String> OPTIONS =
        List.of("--add-modules", "java.base,java.logging", "--strip-debug", "--no-man-pages", "--no-header-files", "--compress", "zip-0");
    private static final long DATE = 1763769600; // 2025-11-22, any that never changes
    private static final int BLOCK = 512;

    private PackRuntime() {}

    public static void main(String[] words) throws IOException {
        if (words.length != 1) throw new IllegalArgumentException("wanted the directory for the archive, found " + List.of(words));
        Path directory = Path.of(words[0]);
        if (!System.getProperty("os.name").equals("Linux")) {
            System.out.println("no runtime for hosts is made on " + System.getProperty("os.name")
                + ": they run Linux, and a runtime is linked on its own system alone");
            return;
        }
        Path archive = directory.resolve("runtime-" + machine(System.getProperty("os.arch")) + ".tar.gz");
        Path stamp = directory.resolve("runtime.stamp");
        String made = "format 1, " + Runtime.version() + " " + System.getProperty("java.vendor.version") + " "
            + System.getProperty("os.arch") + " " + String.join(" ", OPTIONS) + "\n";
        if (Files.exists(archive) && Files.exists(stamp) && Files.readString(stamp).equals(made)) return;
        Files.createDirectories(directory);
        Path image = directory.resolve("runtime");
        delete(image);
        link(image);
        Path fresh = directory.resolve(archive.getFileName() + ".new");
        pack(image, fresh);
        delete(image);
        Files.move(fresh, archive, StandardCopyOption.ATOMIC_MOVE);
        Files.writeString(stamp, made);
    }

    /// As `uname -m` says it.
    private static String machine(String architecture) {
        return architecture.equals("amd64") ? "x86_64" : architecture;
    }

    private static void link(Path image) {
        ToolProvider jlink = ToolProvider.findFirst("jlink")
            .orElseThrow(() -> new IllegalStateException("the JDK in " + System.getProperty("java.home") + " has no jlink"));
        var words = Stream.concat(OPTIONS.stream(), Stream.of("--output", image.toString())).toArray(String[]::new);
        int status = jlink.run(System.out, System.err, words);
        if (status != 0) throw new IllegalStateException("jlink ended with " + status);
    }

    private static void pack(Path image, Path archive) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(image)) {
            paths = walk.filter(path -> !path.equals(image)).sorted(Comparator.comparing(path -> image.relativize(path).toString()))
                .toList();
        }
        try (OutputStream out = new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(archive), 1 << 16), 1 << 16)) {
            for (Path path : paths) add(out, path, image.relativize(path).toString());
            out.write(new byte[2 * BLOCK]);
        }
    }

    private static void add(OutputStream out, Path path, String name) throws IOException {
        if (Files.isSymbolicLink(path)) out.write(header(name, "0000777", 0, '2', Files.readSymbolicLink(path).toString()));
        else if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) out.write(header(name + "/", "0000755", 0, '5', ""));
        else {
            long bytes = Files.size(path);
            out.write(header(name, Files.isExecutable(path) ? "0000755" : "0000644", bytes, '0', ""));
            Files.copy(path, out);
            out.write(new byte[(int) ((BLOCK - bytes % BLOCK) % BLOCK)]);
        }
    }

    /// POSIX ustar (IEEE 1003.1, pax: "ustar Interchange Format").
    private static byte[] header(String name, String mode, long bytes, char type, String target) {
        var header = new byte[BLOCK];
        put(header, 0, 100, name);
        put(header, 100, 8, mode);
        put(header, 108, 8, "0000000");
        put(header, 116, 8, "0000000");
        put(header, 124, 12, String.format("%011o", bytes));
        put(header, 136, 12, String.format("%011o", DATE));
        put(header, 148, 8, "        ");
        header[156] = (byte) type;
        put(header, 157, 100, target);
        put(header, 257, 6, "ustar");
        put(header, 263, 2, "00");
        put(header, 265, 32, "root");
        put(header, 297, 32, "root");
        int sum = 0;
        for (byte one : header) sum += one & 0xff;
        put(header, 148, 8, String.format("%06o", sum) + "\0 ");
        return header;
    }

    private static void put(byte[] header, int at, int room, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > room) throw new IllegalArgumentException("too long for an archive of this kind: " + text);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) return;
        try (Stream<Path> walk = Files.walk(tree)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }
}
