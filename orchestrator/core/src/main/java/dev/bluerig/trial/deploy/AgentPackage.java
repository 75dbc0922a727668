package dev.bluerig.trial.deploy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is brought to hosts: the agent, and a Java runtime for each architecture that it was built for. Made by `./mvnw package`.
///
/// - `runtimes`: by what `uname -m` says; each a gzipped tar with `bin/java` at its top.
public record AgentPackage(Artifact program, Map<String, Artifact> runtimes) {
    public static final String PROGRAM = "bluerig-pair.jar";

    private static final Pattern RUNTIME = Pattern.compile("runtime-([A-Za-z0-9_]+)\\.tar\\.gz");
    private static final int TRAILER = 4;
    private static final int HASH = 32;

    public AgentPackage {
        runtimes = Map.copyOf(runtimes);
    }

    /// A file of the controller. `unpacked`: bytes that it takes on a host; `sha256`: 64 lower-case hex digits.
    public record Artifact(Path file, long bytes, long unpacked, String sha256) {}

    /// Reads `bluerig-pair.jar` and every `runtime-<uname -m>.tar.gz` of the directory.
    public static AgentPackage in(Path directory) throws DeploymentFailed {
        Path program = directory.resolve(PROGRAM);
        if (!Files.isRegularFile(program)) throw new DeploymentFailed(DeployCode.PAYLOAD_MISSING, "no " + PROGRAM + " in " + directory, "");
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            var runtimes = new TreeMap<String, Artifact>();
            for (Path file : files) {
                Matcher name = RUNTIME.matcher(file.getFileName().toString());
                if (name.matches()) runtimes.put(name.group(1), artifact(file, unpacked(file)));
            }
            return new AgentPackage(artifact(program, Files.size(program)), runtimes);
        } catch (IOException unreadable) {
            throw new DeploymentFailed(DeployCode.PAYLOAD_MISSING, "cannot read " + directory + ": " + unreadable, "");
        }
    }

    /// The name of the directory on a host: of the agent's content, and of the runtime's beside it.
    String name(Optional<Artifact> runtime) {
        MessageDigest digest = sha256();
        digest.update((program.sha256 + " " + runtime.map(Artifact::sha256).orElse("own")).getBytes(US_ASCII));
        return "pair-" + HexFormat.of().formatHex(digest.digest()).substring(0, HASH);
    }

    private static Artifact artifact(Path file, long unpacked) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return new Artifact(file, Files.size(file), unpacked, HexFormat.of().formatHex(digest.digest()));
    }

    /// The last four bytes of a gzip file are its content's length, modulo 4 GiB, little endian (RFC 1952, 2.3.1 ISIZE).
    private static long unpacked(Path file) throws IOException {
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            if (in.length() < TRAILER) return 0;
            in.seek(in.length() - TRAILER);
            return Integer.toUnsignedLong(Integer.reverseBytes(in.readInt()));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
