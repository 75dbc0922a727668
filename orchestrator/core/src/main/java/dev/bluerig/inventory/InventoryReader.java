package dev.bluerig.inventory;

import dev.bluerig.source.Binder;
import dev.bluerig.source.BoundedFile;
import dev.bluerig.source.Description;
import dev.bluerig.source.Location;
import dev.bluerig.source.Yaml;
import java.nio.file.Path;

/// Reads and lints an inventory: either what the test-bed is, or every problem with its place.
public final class InventoryReader {
    private InventoryReader() {}

    public static Inventory read(Path file) {
        return read(file, InventoryEnvironment.ofThisProcess());
    }

    public static Inventory read(Path file, InventoryEnvironment surroundings) {
        return read(file.toString(), BoundedFile.text(file, Yaml.SIZE, Location.file(file.toString()), "the inventory"),
            file.toAbsolutePath().getParent(), surroundings);
    }

    /// `directory` is where relative paths begin.
    static Inventory read(String name, String text, Path directory, InventoryEnvironment surroundings) {
        return new InventoryBinder(directory, surroundings).inventory(Yaml.read(name, text));
    }

    /// What can be written in an inventory, for `explain inventory`.
    public static Description description() {
        return Binder.describe(InventorySchema.Inventory.class);
    }
}
