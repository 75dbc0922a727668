package dev.bluerig.task.boot;

import dev.bluerig.fact.boot.BootFiles;
import dev.bluerig.fact.boot.Persistence;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.DiffBuilder;
import dev.bluerig.task.diff.Finding;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A file of ours for systemd-networkd or netplan, among all that are there: whether it would come into force, and what would not any more.
record OwnNetworkFile(BootBackend backend, BootSettings wanted, Persistence persistence, String path, String mode) {
    /// What would set the link up without this file of ours.
    Optional<BootFiles.Choice> without() {
        var rest = new TreeMap<>(persistence.ours());
        rest.remove(path);
        return new BootDifferences(wanted, persistence.boot(rest)).network();
    }

    /// Whether others stand in the way is told; then it is not written, unless it mends something. `blocked`: something else is in the way.
    void compare(String text, boolean blocked, DiffBuilder draft) {
        boolean judged = judged(text, draft);
        if (!judged && !blocked || closes(text)) new FileEdit(path, text, mode, persistence.ours(path)).compare(backend.saved(), draft);
    }

    /// Tells when this one does for the link what must go on: with `only`, others are to go.
    boolean keeps(BootFiles.Choice other, DiffBuilder draft) {
        var lost = BootDifferences.lost(other.candidate().file());
        if (wanted.only() || lost.isEmpty()) return false;
        backend.conflict((other.sure() ? "" : "perhaps ") + String.join(", ", other.candidate().origin())
            + ", which would not count any more (" + String.join(" ", lost) + ")", draft);
        return true;
    }

    /// The machine's files with ours among them, as their reader would take them.
    private List<BootDifferences.BootDifference> gaps(String text) {
        var all = new TreeMap<>(persistence.ours());
        all.put(path, text);
        return new BootDifferences(wanted, persistence.boot(all)).gaps();
    }

    /// Whether this text mends something that ours that is there does not; else another file is at fault alone.
    private boolean closes(String text) {
        String found = persistence.ours(path);
        return found.isEmpty() || !fields(gaps(text)).containsAll(fields(gaps(found)));
    }

    private static Set<String> fields(List<BootDifferences.BootDifference> gaps) {
        return gaps.stream().map(gap -> gap.field() + " " + gap.found()).collect(Collectors.toSet());
    }

    /// True when others stand in the way.
    private boolean judged(String text, DiffBuilder draft) {
        var gaps = gaps(text);
        for (BootDifferences.BootDifference gap : gaps) {
            var files = gap.files().stream().filter(file -> !file.equals(path)).toList();
            String by = files.isEmpty() ? "" : ", by " + String.join(", ", files);
            String what = wanted.link().name() + " " + gap.field() + " at boot (" + backend.who() + ")";
            draft.unmet(Finding.PERSIST_CONFLICT, new Change(what, gap.expected(), gap.found() + by), "");
        }
        return !gaps.isEmpty();
    }
}
