package dev.bluerig.fact.system;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.remote.Command;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What systemd says of the units that were asked for, in the order asked.
public record Services(List<Unit> units) {
    public Services {
        units = List.copyOf(units);
    }

    /// systemd's own words: `load` is `loaded`, `not-found`, `masked`, `bad-setting`, `error`; `active` is `active`, `inactive`,
    /// `failed`, `activating`, `deactivating`, `reloading`, `refreshing`; `file` is `enabled`, `disabled`, `static`, `masked`, `generated`
    /// or empty.
    public record Unit(String name, String load, String active, String sub, String file) {
        public boolean exists() {
            return !load.equals("not-found");
        }

        public boolean masked() {
            return load.equals("masked") || file.startsWith("masked");
        }

        /// A oneshot that ended well is active too (`openvswitch-switch` on Debian).
        public boolean running() {
            return List.of("active", "reloading", "refreshing").contains(active);
        }

        public boolean stopped() {
            return active.equals("inactive") || active.equals("failed");
        }

        /// Nothing to enable or disable: it starts when another unit wants it (systemctl(1), `is-enabled`).
        public boolean startedByOthers() {
            return List.of("static", "alias", "indirect").contains(file);
        }

        /// Starts at boot; `enabled-runtime` does not survive a reboot. `generated`: an init script that is enabled.
        public boolean enabled() {
            return file.equals("enabled") || file.equals("generated");
        }
    }

    public Optional<Unit> unit(String name) {
        return units.stream().filter(unit -> unit.name().equals(name)).findFirst();
    }

    /// Full unit names (`rshim.service`). An unknown unit is an answer too: `not-found`.
    public record Seen(List<String> names) implements Fact.Question<Services> {
        public Seen {
            names = List.copyOf(names);
        }

        @Override
        public Inquiry<Services> read() {
            return Inquiry.parse(command(), this::parse);
        }

        /// Also asked together with other things.
        public Command command() {
            var words = new ArrayList<>(List.of("systemctl", "show", "-p", "Id,LoadState,ActiveState,SubState,UnitFileState"));
            words.addAll(names);
            return Command.of(words);
        }

        /// By place, not by `Id`: an alias answers with the name of the unit that it stands for.
        public Services parse(String text) {
            List<String> blocks = Arrays.stream(text.strip().split("\n\\s*\n")).filter(block -> !block.isBlank()).toList();
            if (blocks.size() != names.size())
                throw new IllegalArgumentException(names.size() + " units were asked, " + blocks.size() + " came");
            var units = new ArrayList<Unit>();
            for (int i = 0; i < blocks.size(); i++) units.add(unit(names.get(i), blocks.get(i)));
            return new Services(units);
        }

        private static Unit unit(String name, String block) {
            Map<String, String> values = new LinkedHashMap<>();
            block.lines().filter(line -> line.contains("="))
                .forEach(line -> values.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1).strip()));
            if (!values.containsKey("LoadState") || !values.containsKey("ActiveState"))
                throw new IllegalArgumentException("no LoadState or ActiveState for " + name);
            return new Unit(name, values.get("LoadState"), values.get("ActiveState"), values.getOrDefault("SubState", ""),
                values.getOrDefault("UnitFileState", ""));
        }
    }
}
