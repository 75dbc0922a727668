package dev.bluerig.task.boot;

import dev.bluerig.fact.boot.BootFiles;
import dev.bluerig.fact.boot.Netplan;
import dev.bluerig.fact.boot.NetplanDefinition;
import dev.bluerig.fact.boot.Persistence;
import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.link.Links;
import dev.bluerig.inventory.Cidr;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.DiffBuilder;
import dev.bluerig.task.diff.Finding;
import java.util.Optional;

/// netplan, which makes files for systemd-networkd of its own ones. `netplan`: what those other than ours say.
record NetplanBackend(Link link, Netplan netplan, Persistence persistence) implements BootBackend {
    private static final String BY_NETWORK_MANAGER = "by NetworkManager, which does not manage it now, by ";

    @Override
    public String who() {
        return "netplan";
    }

    static String path(String key) {
        return "/etc/netplan/60-bluerig-" + key + ".yaml";
    }

    @Override
    public void write(BootSettings wanted, DiffBuilder draft) {
        if (wanted.setLink()) writeLink(wanted, draft);
        writeUnits(wanted, draft);
    }

    private void writeLink(BootSettings wanted, DiffBuilder draft) {
        if (netplan.trouble().isPresent()) {
            draft.unmet(Finding.PERSIST_UNREADABLE, new Change(saved(), "files that netplan takes", netplan.trouble().get()), "");
            return;
        }
        var apart = netplan.ofNetworkManager(link, wanted.pci());
        var kept = apart.stream().filter(definition -> isKept(definition, wanted)).toList();
        kept.forEach(definition -> draft.unmet(Finding.PERSIST_CONFLICT,
            new Change(link.name() + " set up at boot (netplan)", "by systemd-networkd",
                BY_NETWORK_MANAGER + String.join(", ", definition.files())),
            "nmcli device set " + link.name() + " managed yes; or take the link, or its `renderer`, out of that file"));
        if (!kept.isEmpty()) return;
        var file = new OwnNetworkFile(this, wanted, persistence, path(wanted.key()), "0600");
        var others = file.without();
        var text = new NetplanText(wanted, others.map(BootFiles.Choice::candidate)
            .or(() -> apart.stream().filter(definition -> definition.isOnly(link)).findFirst().map(BootFiles.Candidate::of)));
        boolean blocked = text.replaces() && file.keeps(others.orElseThrow(), draft);
        file.compare(text.text(), blocked, draft);
    }

    /// What its owner said of this very link stays, since netplan would merge ours over it; what a default or a pattern does for it goes
    /// with `only`.
    private boolean isKept(NetplanDefinition definition, BootSettings wanted) {
        return definition.namesRenderer() && definition.isOnly(link)
            || !wanted.only() && !BootDifferences.lost(definition.made()).isEmpty();
    }

    @Override
    public boolean gives(Cidr address, boolean dynamic) {
        return netplan.trouble().isEmpty() && networkd().gives(address, dynamic);
    }

    @Override
    public String withoutAddress() {
        return netplan.trouble().or(() -> netplan.ofNetworkManager(link, Optional.empty()).stream().findFirst()
            .map(definition -> "set up " + BY_NETWORK_MANAGER + String.join(", ", definition.files())))
            .orElseGet(networkd()::withoutAddress);
    }

    @Override
    public Optional<String> unmade(Links links, boolean ours) {
        boolean defined = networkd().choice().flatMap(choice -> choice.candidate().definition())
            .filter(definition -> !definition.section().equals("ethernets")).isPresent();
        return defined ? Optional.empty() : networkd().unmade(links, ours);
    }

    private NetworkdBackend networkd() {
        return new NetworkdBackend(link, persistence);
    }
}
