package dev.bluerig.task.boot;

import dev.bluerig.fact.boot.BootFiles;
import dev.bluerig.fact.boot.BootOwner;
import dev.bluerig.fact.boot.InterfacesClaim;
import dev.bluerig.fact.boot.InterfacesFile;
import dev.bluerig.fact.boot.NetplanDefinition;
import dev.bluerig.fact.boot.Persistence;
import dev.bluerig.fact.link.Link;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.DiffBuilder;
import dev.bluerig.task.diff.Finding;
import dev.bluerig.task.link.InterfaceSpec;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// One link in the files of whoever sets it up at boot. Files are written, never applied: the run-time state is `ip`'s work,
/// because `netplan apply` and its like take down what they do not know. What is written counts only when its reader would act on it.
public record LinkFiles(InterfaceSpec wanted, Link link, Persistence persistence) {
    public void compare(DiffBuilder draft) {
        switch (persistence.ownerOf(link)) {
            case BootOwner.NetworkManager owner -> new NetworkManagerProfile(wanted, link).compare(owner, draft);
            case BootOwner.Netplan owner -> netplan(owner, draft);
            case BootOwner.Networkd owner -> networkd(owner, draft);
            case BootOwner.Ifupdown owner -> ifupdown(owner, draft);
            case BootOwner.Ifcfg owner -> ifcfg(owner, draft);
            case BootOwner.Nobody nobody -> draft.unmet(Finding.PERSIST_NOWHERE,
                new Change(saved(nobody), "written", nobody.unread().isEmpty() ? "nowhere to write" : String.join("; ", nobody.unread())), "");
        }
    }

    private void netplan(BootOwner.Netplan owner, DiffBuilder draft) {
        if (owner.files().trouble().isPresent()) {
            draft.unmet(Finding.PERSIST_UNREADABLE, new Change(saved(owner), "files that netplan takes", owner.files().trouble().get()), "");
            return;
        }
        var apart = owner.files().ofNetworkManager(link, wanted.pci().map(Object::toString));
        var kept = apart.stream().filter(this::isKept).toList();
        kept.forEach(definition -> draft.unmet(Finding.PERSIST_CONFLICT, new Change(link.name() + " set up at boot (netplan)", "by systemd-networkd",
            "by NetworkManager, which does not manage it now, by " + String.join(", ", definition.files())), "nmcli device set " + link.name() + " managed yes; or take the link, or its `renderer`, out of that file"));
        if (!kept.isEmpty()) return;
        String path = "/etc/netplan/60-bluerig-" + wanted.key() + ".yaml";
        var others = without(path);
        var text = new NetplanText(wanted, link, others.map(BootFiles.Choice::candidate).or(() -> apart.stream().filter(definition -> definition.isOnly(link)).findFirst().map(BootFiles.Candidate::of)));
        if (text.replaces()) replaced(others.get(), owner, draft);
        boolean blocked = judged(path, text.text(), owner, draft) || text.replaces() && isKeeping(others.get());
        if (!blocked || closes(path, text.text())) file(path, text.text(), "0600", owner, draft);
    }

    /// What its owner said of this very link stays, since netplan would merge ours over it; what a default or a pattern does for it goes with `only`.
    private boolean isKept(NetplanDefinition definition) {
        return definition.namesRenderer() && definition.isOnly(link) || !wanted.only() && !BootDifferences.lost(definition.made()).isEmpty();
    }

    private void networkd(BootOwner.Networkd owner, DiffBuilder draft) {
        String path = "/etc/systemd/network/05-bluerig-" + wanted.key() + ".network";
        String text = new NetworkdText(wanted, link).text();
        without(path).ifPresent(other -> replaced(other, owner, draft));
        boolean blocked = judged(path, text, owner, draft);
        if (!blocked || closes(path, text)) file(path, text, "0644", owner, draft);
    }

    /// What would set the link up without this file of ours.
    private Optional<BootFiles.Choice> without(String path) {
        var rest = new TreeMap<>(persistence.ours());
        rest.remove(path);
        return new BootDifferences(wanted, link, persistence.boot(rest)).network();
    }

    /// With `only`, others are to go; else what they do for the link must go on.
    private void replaced(BootFiles.Choice other, BootOwner owner, DiffBuilder draft) {
        if (!isKeeping(other)) return;
        var lost = BootDifferences.lost(other.candidate().file());
        conflict(owner, (other.sure() ? "" : "perhaps ") + String.join(", ", other.candidate().origin()) + ", which would not count any more (" + String.join(" ", lost) + ")", draft);
    }

    private boolean isKeeping(BootFiles.Choice other) {
        return !wanted.only() && !BootDifferences.lost(other.candidate().file()).isEmpty();
    }

    /// The machine's files with ours among them, as their reader would take them.
    private List<BootDifferences.Gap> gaps(String path, String text) {
        var all = new TreeMap<>(persistence.ours());
        all.put(path, text);
        return new BootDifferences(wanted, link, persistence.boot(all)).gaps();
    }

    /// Whether this text mends something that ours that is there does not; else another file is at fault alone.
    private boolean closes(String path, String text) {
        String found = persistence.ours(path);
        return found.isEmpty() || !fields(gaps(path, text)).containsAll(fields(gaps(path, found)));
    }

    private static Set<String> fields(List<BootDifferences.Gap> gaps) {
        return gaps.stream().map(gap -> gap.field() + " " + gap.found()).collect(Collectors.toSet());
    }

    /// True when others stand in the way.
    private boolean judged(String path, String text, BootOwner owner, DiffBuilder draft) {
        var gaps = gaps(path, text);
        for (BootDifferences.Gap gap : gaps) {
            var files = gap.files().stream().filter(file -> !file.equals(path)).toList();
            String by = files.isEmpty() ? "" : ", by " + String.join(", ", files);
            draft.unmet(Finding.PERSIST_CONFLICT, new Change(link.name() + " " + gap.field() + " at boot (" + owner.words() + ")", gap.expected(), gap.found() + by), "");
        }
        return !gaps.isEmpty();
    }

    private void ifupdown(BootOwner.Ifupdown owner, DiffBuilder draft) {
        String path = "/etc/network/interfaces.d/bluerig-" + link.name();
        if (!owner.reads()) draft.unmet(Finding.PERSIST_IGNORED, new Change(saved(owner), "read at boot", "/etc/network/interfaces does not make ifupdown read " + path), "");
        owner.claims().stream().filter(this::matters).forEach(claim -> conflict(owner, claim.words() + " in " + claim.file(), draft));
        if (wanted.only()) owner.others().forEach(stanza -> conflict(owner, words(stanza), draft));
        file(path, new IfupdownText(wanted, link).text(), "0644", owner, draft);
    }

    /// A part of a bridge or switch has an MTU of its own, of a bond the bond's.
    private boolean matters(InterfacesClaim claim) {
        return switch (claim.way()) {
            case NAMED -> true;
            case BOND -> !wanted.addresses().isEmpty() || wanted.mtu().isPresent();
            case BRIDGE, SWITCH -> !wanted.addresses().isEmpty();
        };
    }

    private String words(InterfacesFile.Stanza stanza) {
        return "`iface " + link.name() + " " + stanza.family() + " " + stanza.method() + "` in " + stanza.file();
    }

    private void ifcfg(BootOwner.Ifcfg owner, DiffBuilder draft) {
        String path = "/etc/sysconfig/network-scripts/ifcfg-" + link.name();
        String text = new IfcfgText(wanted, link).edited(owner.text());
        if (text.equals(owner.text())) return;
        draft.change(saved(owner), "in " + path, owner.text().isEmpty() ? "no such file" : "other settings");
        draft.write(path, text, "0644", owner.text());
    }

    private void file(String path, String text, String mode, BootOwner owner, DiffBuilder draft) {
        String found = persistence.ours(path);
        if (found.equals(text)) return;
        draft.change(saved(owner), "in " + path, found.isEmpty() ? "no such file" : "other settings");
        draft.write(path, text, mode, found);
    }

    private void conflict(BootOwner owner, String where, DiffBuilder draft) {
        draft.unmet(Finding.PERSIST_CONFLICT, new Change(saved(owner), "ours alone", "also set up by " + where), "");
    }

    private String saved(BootOwner owner) {
        return link.name() + " at boot (" + owner.words() + ")";
    }
}
