package dev.bluerig.fact.boot;

import dev.bluerig.fact.link.Link;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// The files that systemd-networkd and udev would find at the next boot, netplan's among them, in the order in which they look.
public record BootFiles(List<Candidate> candidates) {
    public BootFiles {
        candidates = List.copyOf(candidates);
    }

    /// `definition`: the one of netplan that it is made of. `origin`: what a person would edit.
    public record Candidate(NetworkFile file, Optional<NetplanDefinition> definition, List<String> origin) {
        public Candidate {
            origin = List.copyOf(origin);
        }

        /// Of a definition that another program than systemd-networkd would set up.
        public static Candidate of(NetplanDefinition definition) {
            return new Candidate(definition.made(), Optional.of(definition), definition.files());
        }

        private Candidate and(NetworkFile dropIn) {
            var all = new ArrayList<>(origin);
            all.add(dropIn.path());
            return new Candidate(file.and(dropIn), definition, all);
        }
    }

    /// What a link gets: the first file that speaks of it. `sure` is false when an earlier one may speak of it, too; that is the one told.
    public record Choice(Candidate candidate, boolean sure) {}

    /// A file in /etc hides one of netplan's of the same name. Drop-ins come with their names in order.
    static BootFiles of(List<NetworkFile> files, List<NetplanDefinition> definitions) {
        var byName = new TreeMap<String, Candidate>();
        definitions.forEach(definition -> List.of(definition.network(), definition.link()).forEach(file ->
            file.ifPresent(made -> byName.put(made.name(), new Candidate(made, Optional.of(definition), definition.files())))));
        files.stream().filter(file -> file.of().isEmpty()).forEach(file -> {
            if (!byName.containsKey(file.name()) || file.path().startsWith("/etc/"))
                byName.put(file.name(), new Candidate(file, Optional.empty(), List.of(file.path())));
        });
        files.stream().sorted(Comparator.comparing(NetworkFile::name))
            .forEach(dropIn -> dropIn.of().ifPresent(name -> byName.computeIfPresent(name, (same, candidate) -> candidate.and(dropIn))));
        return new BootFiles(List.copyOf(byName.values()));
    }

    /// By systemd-networkd.
    public Optional<Choice> network(Link link, Optional<String> pci) {
        return first(".network", link, pci);
    }

    /// By udev, when the device appears.
    public Optional<Choice> link(Link link, Optional<String> pci) {
        return first(".link", link, pci);
    }

    private Optional<Choice> first(String end, Link link, Optional<String> pci) {
        for (Candidate candidate : candidates) {
            if (!candidate.file().name().endsWith(end)) continue;
            MatchSection fit = MatchSection.of(candidate.file(), link, pci);
            if (fit != MatchSection.NO) return Optional.of(new Choice(candidate, fit == MatchSection.YES));
        }
        return Optional.empty();
    }
}
