package dev.bluerig.fact.card;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `/dev/rshimN/misc` of all cards, one block after the other: PCI slot of the card -> the mode it says.
record RshimMisc(Map<String, CardMode> modes) {
    private static final Pattern DEVICE = Pattern.compile("^\\s*DEV_NAME\\s+pcie-((?:\\p{XDigit}{4}:)?\\p{XDigit}{2}:\\p{XDigit}{2})"
        + "\\.[0-7].*$");
    private static final Pattern MODE = Pattern.compile("^\\s*BF_MODE\\s+(DPU|NIC) mode.*$");

    static RshimMisc parse(String text) {
        var modes = new LinkedHashMap<String, CardMode>();
        Optional<String> slot = Optional.empty();
        Optional<CardMode> mode = Optional.empty();
        for (String line : text.lines().toList()) {
            if (line.strip().startsWith("DISPLAY_LEVEL")) {   // the first line of every block
                slot = Optional.empty();
                mode = Optional.empty();
            }
            Matcher device = DEVICE.matcher(line);
            if (device.matches()) slot = Optional.of(slot(device.group(1).toLowerCase(Locale.ROOT)));
            Matcher says = MODE.matcher(line);
            if (says.matches()) mode = Optional.of(CardMode.valueOf(says.group(1)));
            if (slot.isPresent() && mode.isPresent()) modes.put(slot.get(), mode.get());
        }
        return new RshimMisc(modes);
    }

    /// Drivers for one PCI domain leave the domain out.
    private static String slot(String written) {
        return written.length() == "04:00".length() ? "0000:" + written : written;
    }

    Optional<CardMode> mode(String slot) {
        return Optional.ofNullable(modes.get(slot));
    }
}
