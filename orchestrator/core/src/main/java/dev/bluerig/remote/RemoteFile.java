package dev.bluerig.remote;

import java.util.ArrayList;
import java.util.List;

/// Commands that put a small text file onto a machine through the resident shell: never half written, never world-readable in between, and
/// whatever an earlier, killed run left behind.
public final class RemoteFile {
    private static final String SUFFIX = ".bluerig-new";

    private RemoteFile() {}

    /// Writes beside the target, then renames over it. The temporary name is hidden, because directories of settings are read by patterns such as
    /// `interfaces.d/*`; what is left of it goes first, because not every `install` takes a target that is there. `mode` is octal (`0644`), `owner` is `user:group` or empty for the session's user.
    /// Missing parent directories are made with mode 0755.
    public static List<Command> write(String path, String content, String mode, String owner) {
        if (!path.startsWith("/") || path.endsWith("/")) throw new IllegalArgumentException("not an absolute file name: " + path);
        int name = path.lastIndexOf('/') + 1;
        String fresh = path.substring(0, name) + "." + path.substring(name) + SUFFIX;
        var install = new ArrayList<>(List.of("install", "-D", "-m", mode));
        if (!owner.isEmpty()) {
            int colon = owner.indexOf(':');
            install.addAll(List.of("-o", colon < 0 ? owner : owner.substring(0, colon)));
            if (colon >= 0) install.addAll(List.of("-g", owner.substring(colon + 1)));
        }
        install.addAll(List.of("/dev/stdin", fresh));
        return List.of(Command.of("rm", "-f", fresh), Command.of(install).reading(content), Command.of("mv", "-fT", fresh, path));
    }
}
