package dev.bluerig.task.boot;

import dev.bluerig.fact.boot.Persistence;
import dev.bluerig.fact.link.Link;
import dev.bluerig.inventory.Cidr;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.DiffBuilder;
import dev.bluerig.task.diff.Finding;
import java.util.List;

/// A link that nobody sets up at boot. `unread`: files that look as if they counted, and why they do not.
record NobodyBackend(Link link, List<String> unread, Persistence persistence) implements BootBackend {
    @Override
    public String who() {
        return "nobody";
    }

    @Override
    public void write(BootSettings wanted, DiffBuilder draft) {
        writeUnits(wanted, draft);
        if (wanted.setLink()) draft.unmet(Finding.PERSIST_NOWHERE, new Change(saved(), "written", words("nowhere to write")), "");
    }

    @Override
    public boolean gives(Cidr address, boolean dynamic) {
        return false;
    }

    @Override
    public String withoutAddress() {
        return words("nobody sets it up");
    }

    private String words(String nothing) {
        return unread.isEmpty() ? nothing : String.join("; ", unread);
    }
}
