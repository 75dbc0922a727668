package dev.bluerig.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Commands that put a small text file onto a machine through the resident shell: never half written, never world-readable in between, and
/// whatever an earlier, killed run left behind.
public final class RemoteFile {
    private static final String SUFFIX = ".bluerig-new";

    /// NAME_MAX of Linux (limits.h), in bytes.
    private static final int LONGEST = 255;
    /// Characters of at most four bytes each.
    private static final int KEPT = 50;

    private RemoteFile() {}

    /// Writes beside the target, then renames over it. The temporary name is hidden, because directories of settings are read by patterns
    /// such as
    /// `interfaces.d/*`; what is left of it goes first, because not every `install` takes a target that is there. `mode` is octal (`0644`),
    /// `owner` is `user:group` or empty for the session's user. Missing parent directories are made with mode 0755.
    public static List<Command> write(String path, String content, String mode, String owner) {
        if (!path.startsWith("/") || path.endsWith("/")) throw new IllegalArgumentException("not an absolute file name: " + path);
        String fresh = fresh(path);
        var install = new ArrayList<>(List.of("install", "-D", "-m", mode));
        if (!owner.isEmpty()) {
            int colon = owner.indexOf(':');
            install.addAll(List.of("-o", colon < 0 ? owner : owner.substring(0, colon)));
            if (colon >= 0) install.addAll(List.of("-g", owner.substring(colon + 1)));
        }
        install.addAll(List.of("/dev/stdin", fresh));
        return List.of(Command.of("rm", "-f", fresh), Command.of(install).reading(content), Command.of("mv", "-fT", fresh, path));
    }

    /// The same in every run, so that a plan is what was checked. A name that leaves no room for ours is cut, and told from its like by a
    /// hash.
    public static String fresh(String path) {
        int from = path.lastIndexOf('/') + 1;
        String name = path.substring(from);
        if (1 + name.getBytes(UTF_8).length + SUFFIX.length() > LONGEST)
            name = name.codePoints().limit(KEPT).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append) + "-"
                + hash(path);
        return path.substring(0, from) + "." + name + SUFFIX;
    }

    /// What the temporary was called before its name was hidden.
    public static String older(String path) {
        return path + SUFFIX;
    }

    private static String hash(String path) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(path.getBytes(UTF_8)), 0, 8);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
