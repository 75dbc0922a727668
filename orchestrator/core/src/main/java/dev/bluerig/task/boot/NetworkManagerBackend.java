package dev.bluerig.task.boot;

import dev.bluerig.fact.boot.BootOwner;
import dev.bluerig.fact.boot.BootOwner.Connection;
import dev.bluerig.fact.boot.Persistence;
import dev.bluerig.fact.link.Link;
import dev.bluerig.inventory.Cidr;
import dev.bluerig.remote.Command;
import dev.bluerig.task.diff.DiffBuilder;
import dev.bluerig.task.diff.DiffBuilder.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// NetworkManager, by its profiles.
record NetworkManagerBackend(Link link, BootOwner.NetworkManager owner, Persistence persistence) implements BootBackend {
    @Override
    public String who() {
        return "NetworkManager";
    }

    @Override
    public void write(BootSettings wanted, DiffBuilder draft) {
        if (wanted.setLink()) new NetworkManagerProfile(wanted, this).compare(draft);
        Optional<Connection> own = owner.own(link);
        if (own.isPresent()) wanted.ethtool().forEach(words -> write(words, own.get(), wanted, draft));
        else writeUnits(wanted, draft);
    }

    private void write(EthtoolWords words, Connection own, BootSettings wanted, DiffBuilder draft) {
        unit(words, wanted).remove(draft);
        var fields = new ArrayList<String>();
        var back = new ArrayList<String>();
        words.values().forEach((name, value) -> {
            String field = words.property(name);
            String before = own.ethtool().getOrDefault(field, "");
            if (before.equals(value)) return;
            draft.change(saved() + " " + field, value, before.isEmpty() ? "not set" : before);
            fields.addAll(List.of(field, value));
            back.addAll(List.of(field, before.isEmpty() ? "ignore" : before));
        });
        if (!fields.isEmpty()) draft.step(Phase.WRITE, modify(own, fields), modify(own, back));
    }

    static Command modify(Connection profile, List<String> fields) {
        return nmcli(List.of("connection", "modify", "uuid", profile.uuid()), fields);
    }

    static Command nmcli(List<String> verb, List<String> fields) {
        var line = new ArrayList<>(List.of("nmcli"));
        line.addAll(verb);
        line.addAll(fields);
        return Command.of(line);
    }

    @Override
    public boolean lacksProfile() {
        return owner.connection().isEmpty();
    }

    @Override
    public boolean gives(Cidr address, boolean dynamic) {
        return owner.connection().filter(Connection::autoconnect).filter(profile -> gives(profile, address, dynamic)).isPresent();
    }

    private static boolean gives(Connection profile, Cidr address, boolean dynamic) {
        return dynamic && (address.isV6() ? profile.method6() : profile.method4()).equals("auto")
            || Stream.concat(profile.addresses4().stream(), profile.addresses6().stream())
                .anyMatch(text -> BootBackend.covers(text, address));
    }

    @Override
    public String withoutAddress() {
        return owner.connection().map(profile -> profile.autoconnect() ? "not in profile " + profile.id()
            : "profile " + profile.id() + " is not started (autoconnect no)").orElse("no profile");
    }
}
