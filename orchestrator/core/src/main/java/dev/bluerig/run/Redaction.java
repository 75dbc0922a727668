package dev.bluerig.run;

import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.Machine;
import dev.bluerig.source.Json;
import dev.bluerig.source.Location;
import dev.bluerig.source.Secret;
import dev.bluerig.source.Tree;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The last net under secrets: whatever a tool printed, the inventory's own secrets do not reach a file or a terminal.
public record Redaction(List<Secret> secrets) {
    /// Shorter texts occur by chance everywhere; hiding them would garble reports and hide nothing.
    private static final int LEAST = 4;

    public Redaction {
        secrets = List.copyOf(secrets);
    }

    public static Redaction of(Inventory inventory) {
        Set<Secret> all = new LinkedHashSet<>();
        for (Machine machine : inventory.machines().values()) {
            Stream.of(machine.ssh().password(), machine.ssh().passphrase(), machine.ssh().sudoPassword()).flatMap(Optional::stream).forEach(all::add);
            machine.vars().values().stream().filter(Secret.class::isInstance).map(Secret.class::cast).forEach(all::add);
        }
        return new Redaction(List.copyOf(all));
    }

    public String of(String text) {
        String clean = text;
        for (Secret secret : secrets) {
            if (secret.reveal().length() < LEAST) continue;
            clean = clean.replace(secret.reveal(), "***").replace(inJson(secret.reveal()), "***");
        }
        return clean;
    }

    /// As it stands inside a JSON text, without the quotes around it.
    private static String inJson(String text) {
        String quoted = Json.write(new Tree.Scalar(Location.file(""), text, false));
        return quoted.substring(1, quoted.length() - 1);
    }
}
