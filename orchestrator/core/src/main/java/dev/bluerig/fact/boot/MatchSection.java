package dev.bluerig.fact.boot;

import dev.bluerig.fact.link.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether the `[Match]` section of a file speaks of a link. `PERHAPS`: by something that was not asked, so nobody may rely on either
/// answer.
enum MatchSection {
    YES, NO, PERHAPS;

    private static final Set<String> ETHERNET = Set.of("veth", "tun", "dummy");

    /// All keys must match (systemd.network(5)); a file without any is ignored (systemd since 243).
    static MatchSection of(NetworkFile file, Link link, Optional<String> pci) {
        MatchSection all = NO;
        for (String key : file.keys().keySet()) {
            if (!key.startsWith("Match.") || file.all(key).isEmpty()) continue;
            MatchSection one = one(key.substring(6), file.words(key), link, pci);
            if (one == NO) return NO;
            all = one == PERHAPS || all == PERHAPS ? PERHAPS : YES;
        }
        return all;
    }

    private static MatchSection one(String key, List<String> words, Link link, Optional<String> pci) {
        return switch (key) {
            case "Name" -> globs(words, names(link));
            case "OriginalName" -> original(words, link);
            case "MACAddress" -> link.mac().map(mac -> words.stream().anyMatch(mac::equalsIgnoreCase) ? YES : NO).orElse(NO);
            case "PermanentMACAddress" -> link.mac().map(mac -> words.stream().anyMatch(mac::equalsIgnoreCase) ? YES : NO).orElse(NO);
            case "Path" -> pci.or(link::device).filter(address -> address.matches("\\p{XDigit}{4}:.*"))
                .map(address -> globs(words, List.of("pci-" + address))).orElse(PERHAPS);
            case "Type" -> link.name().text().equals("lo") ? globs(words, List.of("loopback"))
                : link.kind().isEmpty() || ETHERNET.contains(link.kind().get()) ? globs(words, List.of("ether")) : PERHAPS;
            case "Kind" -> globs(words, List.of(link.kind().orElse("")));
            case "Driver" -> link.kind().map(kind -> globs(words, List.of(kind))).orElse(PERHAPS);
            case "SSID", "BSSID", "WLANInterfaceType" -> NO;
            default -> PERHAPS;
        };
    }

    /// The kernel's own name is not asked; a port that was renamed no longer has it.
    private static MatchSection original(List<String> words, Link link) {
        MatchSection today = globs(words, names(link));
        return today == YES || words.equals(List.of("*")) ? YES
            : words.stream().allMatch(word -> !Glob.isPattern(word) && !word.matches("!?(eth|wlan)\\d+")) ? NO : PERHAPS;
    }

    private static List<String> names(Link link) {
        var names = new ArrayList<>(link.otherNames());
        names.addFirst(link.name().text());
        return names;
    }

    /// Only negations: everything else matches.
    private static MatchSection globs(List<String> words, List<String> texts) {
        boolean positive = false;
        boolean matched = false;
        for (String word : words) {
            boolean inverted = word.startsWith("!");
            String glob = inverted ? word.substring(1) : word;
            positive |= !inverted;
            boolean fits = texts.stream().anyMatch(text -> Glob.matches(glob, text));
            if (fits && inverted) return NO;
            matched |= fits && !inverted;
        }
        return matched || !positive ? YES : NO;
    }
}
