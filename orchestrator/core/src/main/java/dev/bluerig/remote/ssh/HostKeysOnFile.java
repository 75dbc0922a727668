package dev.bluerig.remote.ssh;

import dev.bluerig.remote.hostkey.KnownHosts;
import dev.bluerig.remote.hostkey.KnownHosts.Answer;
import dev.bluerig.remote.hostkey.KnownHosts.Entry;
import dev.bluerig.remote.hostkey.PublicKeyText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is on file for one machine as its own inventory knows it. Two inventories may use one known_hosts file and call different machines
/// alike.
///
/// What is on file under `bluerig/INVENTORY/NAME` comes first; where nothing is, lines of before inventories were told apart count as they
/// did.
record HostKeysOnFile(KnownHosts known, DialTarget target) {
    /// Lines that the machine's key is held against.
    List<Entry> entries() {
        var filed = known.entries(target.keyName());
        if (!target.apart()) return filed;
        var own = plain(known.entries(target.remembered()));
        if (own.isEmpty()) return plain(filed).isEmpty() ? Stream.concat(filed.stream(), elsewhere().stream()).toList() : filed;
        return Stream.concat(own.stream(), filed.stream().filter(entry -> !entry.plain())).toList();
    }

    /// The same machine as other inventories know it: their key is good enough to be taken, another one is no reason to speak of a change.
    private List<Entry> elsewhere() {
        return known.elsewhere(target.name());
    }

    private boolean onlyElsewhere() {
        return target.apart() && plain(known.entries(target.remembered())).isEmpty() && plain(known.entries(target.keyName())).isEmpty();
    }

    Answer check(PublicKeyText shown) {
        Answer answer = KnownHosts.check(entries(), shown);
        return answer == Answer.CHANGED && onlyElsewhere() ? Answer.UNKNOWN : answer;
    }

    /// What a new key would replace.
    List<Entry> replaced() {
        return onlyElsewhere() ? List.of() : plain(entries());
    }

    /// Under which names this inventory files the machine's key.
    List<String> names() {
        if (target.apart()) return List.of(target.remembered());
        return target.far() ? List.of(target.keyName()) : List.of(target.keyName(), target.remembered());
    }

    /// Of the machine, whatever its address.
    List<Entry> own() {
        return own(target.name());
    }

    private List<Entry> own(String machine) {
        var own = plain(known.entries(KnownHosts.machine(target.inventory(), machine)));
        return own.isEmpty() ? plain(known.entries(KnownHosts.machine(Optional.empty(), machine))) : own;
    }

    /// Other machines of this inventory with this key.
    List<String> machinesWith(PublicKeyText key) {
        var machines = new ArrayList<String>();
        for (String machine : known.machines(target.inventory()))
            if (own(machine).stream().anyMatch(entry -> entry.key().equals(key))) machines.add(machine);
        return machines;
    }

    /// For the message that nothing is on file.
    String also() {
        return onlyElsewhere() && !elsewhere().isEmpty()
            ? " of this inventory; another inventory has a machine of this name with another key (" + elsewhere().getFirst().at() + ")"
            : "";
    }

    private static List<Entry> plain(List<Entry> entries) {
        return entries.stream().filter(Entry::plain).toList();
    }
}
