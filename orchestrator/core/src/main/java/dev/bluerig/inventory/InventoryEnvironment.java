package dev.bluerig.inventory;

import java.nio.file.Path;
import java.util.Map;

/// What an inventory may refer to outside of itself: environment variables, the user's home, and where the file stands.
public record InventoryEnvironment(Map<String, String> environment, Path home) {
    public InventoryEnvironment {
        environment = Map.copyOf(environment);
    }

    public static InventoryEnvironment ofThisProcess() {
        return new InventoryEnvironment(System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /// `~/x` is below the home, a relative path below `directory`.
    Path resolve(Path directory, String written) {
        if (written.equals("~")) return home;
        if (written.startsWith("~/")) return home.resolve(written.substring(2)).normalize();
        return directory.resolve(written).toAbsolutePath().normalize();
    }
}
