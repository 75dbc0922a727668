package dev.bluerig.task.boot;

import dev.bluerig.fact.boot.Persistence;
import dev.bluerig.remote.Command;
import dev.bluerig.task.diff.DiffBuilder;
import dev.bluerig.task.diff.DiffBuilder.Phase;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Our one-shot unit that runs `ethtool` each time the device appears (`FlagUnit`): for netplan and systemd-networkd, which have no key for
/// it (systemd.link(5)), and wherever else no file could hold it.
record EthtoolUnit(EthtoolWords words, BootSettings wanted, Persistence persistence) {
    private static final String UNITS = "/etc/systemd/system/";

    void write(DiffBuilder draft) {
        var fresh = new FlagUnit(words, wanted);
        String unit = unit(wanted.key());
        new FileEdit(UNITS + unit, fresh.text(), "0644", persistence.ours(UNITS + unit))
            .compare(words.saved(wanted.link().name().text(), "systemd unit"), draft);
        leftOver().forEach(other -> remove(other, draft));
        boolean enabled = fresh.wantedBy().stream().allMatch(by -> persistence.ours().containsKey(UNITS + by + ".wants/" + unit));
        if (enabled) return;
        draft.change(unit, "enabled", "not enabled");
        draft.step(Phase.APPLY, Command.of("systemctl", "daemon-reload"));
        draft.step(Phase.APPLY, Command.of("systemctl", "enable", unit));
        draft.undo(Phase.APPLY, Command.of("systemctl", "disable", unit));
    }

    /// From the time when nobody else could set them: it would set other flags beside.
    void remove(DiffBuilder draft) {
        Stream.concat(Stream.of(unit(wanted.key())), leftOver()).forEach(unit -> remove(unit, draft));
    }

    /// Units of ours for this link from the time when it was selected otherwise, or when all of them went by the link's name.
    private Stream<String> leftOver() {
        var keys = new TreeSet<String>();
        if (wanted.pci().isPresent()) {
            keys.add(wanted.link().name().text());
            keys.addAll(wanted.link().otherNames());
        } else wanted.link().device().ifPresent(device -> keys.add(BootSettings.key(device)));
        return keys.stream().map(this::unit);
    }

    private void remove(String unit, DiffBuilder draft) {
        if (!persistence.ours().containsKey(UNITS + unit)) return;
        draft.change(unit, "absent", "present");
        draft.undo(Phase.WRITE, Command.of("systemctl", "enable", unit));
        draft.remove(UNITS + unit, "0644", persistence.ours(UNITS + unit), Command.of("systemctl", "disable", unit));
        draft.step(Phase.APPLY, Command.of("systemctl", "daemon-reload"));
    }

    private String unit(String key) {
        return words.file(key) + ".service";
    }
}
