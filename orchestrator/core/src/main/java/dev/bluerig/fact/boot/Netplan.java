package dev.bluerig.fact.boot;

import dev.bluerig.fact.link.Link;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What netplan's files say, in the order in which netplan reads them; no value of theirs but what decides over a link is kept, so no
/// secret.
///
/// `refused`: what netplan itself says when it does not take them. It takes all of them or none.
public record Netplan(List<File> files, Optional<String> refused) {
    public Netplan {
        files = List.copyOf(files);
    }

    /// `renderer`: of the whole file's network. `unreadable`: why it is no YAML, for us and for netplan.
    public record File(String path, Optional<String> renderer, List<Entry> entries, Optional<String> unreadable) {
        public File {
            entries = List.copyOf(entries);
        }

        String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    /// One mention of a device. `settings`: scalars that decide over addresses, MTU, name and state. `members`: what a bond, bridge or VRF
    /// takes.
    /// `others`: keys whose values are not kept.
    public record Entry(String section, String id, Optional<String> sectionRenderer, Optional<Match> match, Map<String, String> settings,
                        List<String> addresses, List<String> members, List<String> others) {
        public Entry {
            settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
            addresses = List.copyOf(addresses);
            members = List.copyOf(members);
            others = List.copyOf(others);
        }
    }

    /// Several drivers: one of them.
    public record Match(Optional<String> name, Optional<String> mac, List<String> drivers) {
        public Match {
            drivers = List.copyOf(drivers);
        }

        /// A later file adds to what an earlier one matches.
        Match and(Match later) {
            return new Match(later.name.or(() -> name), later.mac.or(() -> mac), later.drivers.isEmpty() ? drivers : later.drivers);
        }
    }

    /// Why nothing can be said of these files.
    public Optional<String> trouble() {
        return refused.or(() -> files.stream().flatMap(file -> file.unreadable().stream()).findFirst());
    }

    /// Those that mean a link, or may, and are NetworkManager's to set up: systemd-networkd gets no file of them.
    public List<NetplanDefinition> ofNetworkManager(Link link, Optional<String> pci) {
        return definitions().stream().filter(definition -> definition.renderer().equals("NetworkManager")
            && MatchSection.of(definition.made(), link, pci) != MatchSection.NO).toList();
    }

    public List<NetplanDefinition> definitions() {
        return NetplanDefinition.merged(files);
    }
}
