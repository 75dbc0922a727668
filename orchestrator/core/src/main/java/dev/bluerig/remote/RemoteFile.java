package dev.bluerig.remote;

import java.util.ArrayList;
import java.util.List;

/// Commands that put a small text file onto a machine through the resident shell: never half written, never world-readable in between.
public final class RemoteFile {
    private static final String SUFFIX = ".bluerig-new";

    private RemoteFile() {}

    /// Writes beside the target, then renames over it. `mode` is octal (`0644`), `owner` is `user:group` or empty for the session's user.
    /// Missing parent directories are made with mode 0755.
    public static List<Command> write(String path, String content, String mode, String owner) {
        if (!path.startsWith("/") || path.endsWith("/")) throw new IllegalArgumentException("not an absolute file name: " + path);
        String fresh = path + SUFFIX;
        var install = new ArrayList<>(List.of("install", "-D", "-m", mode));
        if (!owner.isEmpty()) {
            int colon = owner.indexOf(':');
            install.addAll(List.of("-o", colon < 0 ? owner : owner.substring(0, colon)));
            if (colon >= 0) install.addAll(List.of("-g", owner.substring(colon + 1)));
        }
        install.addAll(List.of("/dev/stdin", fresh));
        return List.of(Command.of(install).reading(content), Command.of("mv", "-fT", fresh, path));
    }
}
