package dev.bluerig.fact.card;

import dev.bluerig.fact.ToolJson;
import dev.bluerig.inventory.Version;
import dev.bluerig.source.Tree;
import java.util.Optional;
import java.util.Set;

/// What the firmware tools print about one card, in the shapes of MFT and mstflint.
final class FirmwareTools {
    private static final Set<String> LEVELS = Set.of("PRIVILEGED", "RESTRICTED");

    private FirmwareTools() {}

    /// A row for the running firmware that tells no version is no sign that what was burnt runs.
    ///
    /// `flint -d D q full`. The second `Description:` is the header of a table; a firmware that runs as burnt has no Running line.
    static CardFirmware flint(String text) {
        Labels labels = Labels.parse(text);
        var burnt = labels.first("FW Version").flatMap(Version::leading);
        var running = labels.names("FW Version(Running)") ? labels.first("FW Version(Running)").flatMap(Version::leading) : burnt;
        return new CardFirmware(running, burnt, labels.first("PSID"), labels.first("Part Number"),
            labels.first("Description", FirmwareTools::product),
            Optional.empty());
    }

    private static boolean product(String description) {
        return !description.matches("(UID|Node)\\s.*");
    }

    /// `mlxfwmanager --query -d D`: a row `FW (Running)` stands only while the burnt firmware waits for a reset.
    static CardFirmware manager(String all) {
        String text = first(all);
        Labels labels = Labels.parse(text);
        var burnt = row(text, "FW");
        var running = text.lines().anyMatch(line -> line.strip().startsWith("FW (Running)")) ? row(text, "FW (Running)") : burnt;
        return new CardFirmware(running, burnt, labels.first("PSID"), labels.first("Part Number"), labels.first("Description"),
            Optional.empty());
    }

    /// One device was asked for; what follows the block of the first is another.
    private static String first(String all) {
        int start = all.indexOf("Device #");
        int next = start < 0 ? -1 : all.indexOf("Device #", start + 1);
        return next < 0 ? all : all.substring(0, next);
    }

    /// `FW             24.35.1012     N/A`: the running column, under a header.
    private static Optional<Version> row(String text, String name) {
        return text.lines().map(String::strip).filter(line -> line.startsWith(name + " ") || line.startsWith(name + "\t"))
            .map(line -> firstWord(line.substring(name.length())))
            .filter(word -> !word.isEmpty() && word.chars().allMatch(one -> one >= '0' && one <= '9' || one == '.')
            && word.charAt(0) != '.').findFirst().flatMap(Version::leading);
    }

    private static String firstWord(String text) {
        String words = text.strip();
        int end = 0;
        while (end < words.length() && !Character.isWhitespace(words.charAt(end))) end++;
        return words.substring(0, end);
    }

    /// `devlink -j dev info pci/D` (Documentation/networking/devlink/mlx5.rst: fw.psid fixed, fw.version running and stored).
    static CardFirmware devlink(String text) {
        var versions = ToolJson.object("devlink", text).flatMap(all -> ToolJson.object(all, "info")).stream()
            .flatMap(info -> info.entries().values().stream()).map(Tree.Entry::value)
            .filter(Tree.Mapping.class::isInstance).map(Tree.Mapping.class::cast).findFirst()
            .flatMap(device -> ToolJson.object(device, "versions"));
        return new CardFirmware(version(versions, "running"), version(versions, "stored"),
            versions.flatMap(all -> ToolJson.object(all, "fixed")).flatMap(fixed -> ToolJson.text(fixed, "fw.psid")),
            Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Optional<Version> version(Optional<Tree.Mapping> versions, String kind) {
        return versions.flatMap(all -> ToolJson.object(all, kind)).flatMap(of -> ToolJson.text(of, "fw.version")).flatMap(Version::leading);
    }

    /// The vital product data in `lspci -vv`.
    static CardFirmware vpd(String text) {
        int start = text.indexOf("Vital Product Data");
        if (start < 0) return CardFirmware.NOTHING;
        String vpd = text.substring(start);
        return new CardFirmware(Optional.empty(), Optional.empty(), Optional.empty(), vpd(vpd, "[PN] Part number:"),
            vpd(vpd, "Product Name:"),
            vpd(vpd, "[SN] Serial number:"));
    }

    private static Optional<String> vpd(String text, String label) {
        return text.lines().map(String::strip).filter(line -> line.startsWith(label)).map(line -> line.substring(label.length()).strip())
            .filter(value -> !value.isEmpty()).findFirst();
    }

    /// The `Description` of the section [PS_INFO] that `flint -d D dc` prints behind `;;`.
    static Optional<String> configured(String text) {
        return Labels.parse(text).first("Description");
    }

    /// `mlxprivhost -d D q`.
    static Optional<Boolean> restricted(String text) {
        return Labels.parse(text).first("level", value -> LEVELS.contains(firstWord(value)))
            .map(value -> firstWord(value).equals("RESTRICTED"));
    }
}
