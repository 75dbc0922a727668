package dev.bluerig.task.boot;

import dev.bluerig.fact.boot.BootOwner;
import dev.bluerig.fact.boot.Persistence;
import dev.bluerig.fact.link.Link;
import dev.bluerig.remote.Command;
import dev.bluerig.task.diff.DiffBuilder;
import dev.bluerig.task.diff.DiffBuilder.Phase;
import dev.bluerig.task.link.OffloadSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The flags of one link at boot. NetworkManager, ifupdown and the RHEL network service can set them; for netplan and systemd-networkd, which
/// have no key for them (systemd.link(5)), a one-shot unit does, each time the device appears (`FlagUnit`).
public record FlagFiles(OffloadSpec wanted, Link link, Persistence persistence) {
    private static final String UNITS = "/etc/systemd/system/";

    public void compare(DiffBuilder draft) {
        switch (persistence.ownerOf(link)) {
            case BootOwner.NetworkManager owner when owner.own(link).isPresent() -> withoutUnit(draft).profile(owner.own(link).get(), draft);
            case BootOwner.NetworkManager withoutOwnProfile -> unit(draft);
            case BootOwner.Ifupdown owner when owner.reads() -> withoutUnit(draft).ifupdown(draft);
            case BootOwner.Ifupdown notReadingOurs -> unit(draft);
            case BootOwner.Ifcfg(String text) when !text.isEmpty() -> withoutUnit(draft).ifcfg(text, draft);
            case BootOwner.Ifcfg withoutFile -> unit(draft);
            case BootOwner.Netplan owner -> unit(draft);
            case BootOwner.Networkd owner -> unit(draft);
            case BootOwner.Nobody owner -> unit(draft);
        }
    }

    private void profile(BootOwner.Connection found, DiffBuilder draft) {
        var words = new ArrayList<String>();
        var back = new ArrayList<String>();
        wanted.tlsTx().ifPresent(on -> feature("ethtool.feature-tls-hw-tx-offload", on, found, words, back, draft));
        wanted.tlsRx().ifPresent(on -> feature("ethtool.feature-tls-hw-rx-offload", on, found, words, back, draft));
        if (!words.isEmpty()) draft.step(Phase.WRITE, modify(found, words), modify(found, back));
    }

    private void feature(String name, boolean on, BootOwner.Connection found, List<String> words, List<String> back, DiffBuilder draft) {
        String before = found.ethtool().getOrDefault(name, "");
        if (before.equals(OffloadSpec.word(on))) return;
        draft.change(link.name() + " at boot (NetworkManager) " + name, OffloadSpec.word(on), before.isEmpty() ? "not set" : before);
        words.addAll(List.of(name, OffloadSpec.word(on)));
        back.addAll(List.of(name, before.isEmpty() ? "ignore" : before));
    }

    private static Command modify(BootOwner.Connection connection, List<String> words) {
        var line = new ArrayList<>(List.of("nmcli", "connection", "modify", "uuid", connection.uuid()));
        line.addAll(words);
        return Command.of(line);
    }

    private void ifupdown(DiffBuilder draft) {
        String path = "/etc/network/interfaces.d/bluerig-offload-" + link.name();
        write(path, "# Written by bluerig, which overwrites changes.\nauto " + link.name() + "\niface " + link.name() + " inet manual\n    post-up " + ethtool(link.name().text()) + "\n",
            persistence.ours(path), "ifupdown", draft);
    }

    private static final Pattern OPTIONS = Pattern.compile("ETHTOOL_OPTS=[\"']?(.*?)[\"']?");

    /// Several sets of options stand in one setting, separated by semicolons; those about other features stay.
    private void ifcfg(String text, DiffBuilder draft) {
        var lines = new ArrayList<String>();
        var sets = new ArrayList<String>();
        for (String line : text.lines().toList()) {
            Matcher options = OPTIONS.matcher(line.strip());
            if (options.matches()) List.of(options.group(1).split(";")).forEach(set -> sets.add(set.strip()));
            else lines.add(line);
        }
        if (sets.removeIf(set -> set.equals("-K ${DEVICE} " + String.join(" ", wanted.words())))) return;
        sets.removeIf(set -> set.isEmpty() || set.contains("tls-hw-"));
        sets.add("-K ${DEVICE} " + String.join(" ", wanted.words()));
        lines.add("ETHTOOL_OPTS=\"" + String.join("; ", sets) + '"');
        write("/etc/sysconfig/network-scripts/ifcfg-" + link.name(), String.join("\n", lines) + "\n", text, "ifcfg files", draft);
    }

    private void unit(DiffBuilder draft) {
        var fresh = new FlagUnit(wanted, link);
        String unit = unit(wanted.key());
        write(UNITS + unit, fresh.text(), persistence.ours(UNITS + unit), "systemd unit", draft);
        leftOver().forEach(other -> remove(other, draft));
        boolean enabled = fresh.wantedBy().stream().allMatch(by -> persistence.ours().containsKey(UNITS + by + ".wants/" + unit));
        if (enabled) return;
        draft.change(unit, "enabled", "not enabled");
        draft.step(Phase.APPLY, Command.of("systemctl", "daemon-reload"));
        draft.step(Phase.APPLY, Command.of("systemctl", "enable", unit));
        draft.undo(Phase.APPLY, Command.of("systemctl", "disable", unit));
    }

    /// Units of ours for this link from the time when it was selected otherwise, or when all of them went by the link's name.
    private Stream<String> leftOver() {
        var keys = new TreeSet<String>();
        if (wanted.pci().isPresent()) {
            keys.add(link.name().text());
            keys.addAll(link.otherNames());
        } else link.device().ifPresent(device -> keys.add(OffloadSpec.key(device)));
        return keys.stream().map(FlagFiles::unit);
    }

    /// From the time when nobody else could set them: it would set other flags beside.
    private FlagFiles withoutUnit(DiffBuilder draft) {
        Stream.concat(Stream.of(unit(wanted.key())), leftOver()).forEach(unit -> remove(unit, draft));
        return this;
    }

    private void remove(String unit, DiffBuilder draft) {
        if (!persistence.ours().containsKey(UNITS + unit)) return;
        draft.change(unit, "absent", "present");
        draft.undo(Phase.WRITE, Command.of("systemctl", "enable", unit));
        draft.remove(UNITS + unit, "0644", persistence.ours(UNITS + unit), Command.of("systemctl", "disable", unit));
        draft.step(Phase.APPLY, Command.of("systemctl", "daemon-reload"));
    }

    private static String unit(String key) {
        return "bluerig-offload-" + key + ".service";
    }

    private String ethtool(String name) {
        return "ethtool -K " + name + " " + String.join(" ", wanted.words());
    }

    private void write(String path, String text, String before, String who, DiffBuilder draft) {
        if (before.equals(text)) return;
        draft.change(link.name() + " flags at boot (" + who + ")", "in " + path, before.isEmpty() ? "no such file" : "other settings");
        draft.write(path, text, "0644", before);
    }
}
