package dev.bluerig.task;

import dev.bluerig.fact.Link;
import dev.bluerig.fact.Owner;
import dev.bluerig.fact.Persistence;

/// One link in the files of whoever sets it up at boot. Files are written, never applied: the run-time state is `ip`'s work,
/// because `netplan apply` and its like take down what they do not know.
record LinkFiles(Interface wanted, Link link, Persistence persistence) {
    void compare(Draft draft) {
        switch (persistence.ownerOf(link)) {
            case Owner.NetworkManager owner -> new Profile(wanted, link).compare(owner, draft);
            case Owner.Netplan owner -> netplan(owner, draft);
            case Owner.Networkd owner -> networkd(owner, draft);
            case Owner.Ifupdown owner -> ifupdown(owner, draft);
            case Owner.Ifcfg owner -> ifcfg(owner, draft);
            case Owner.Nobody nobody -> draft.unmet(Finding.PERSIST_NOWHERE, new Change(saved(nobody), "written", "nowhere to write"), "");
        }
    }

    private void netplan(Owner.Netplan owner, Draft draft) {
        var other = owner.entries().stream().filter(entry -> contradicts(entry)).findFirst();
        if (other.isPresent()) conflict(owner, other.get().file(), draft);
        file("/etc/netplan/60-bluerig-" + wanted.key() + ".yaml", new NetplanText(wanted, link, owner).text(), "0600", owner, draft);
    }

    /// netplan joins the address lists of all files; everything else a later file overrides.
    private boolean contradicts(Owner.Definition entry) {
        var addresses = wanted.addresses().stream().map(Object::toString).toList();
        return wanted.only() && !addresses.containsAll(entry.addresses());
    }

    private void networkd(Owner.Networkd owner, Draft draft) {
        String path = "/etc/systemd/network/05-bluerig-" + wanted.key() + ".network";
        boolean additive = !wanted.only() && !wanted.addresses().isEmpty();
        if (owner.configured() && additive && persistence.ours(path).isEmpty()) conflict(owner, "a .network file (networkctl status " + link.name() + ")", draft);
        file(path, new NetworkdText(wanted, link).text(), "0644", owner, draft);
    }

    private void ifupdown(Owner.Ifupdown owner, Draft draft) {
        String path = "/etc/network/interfaces.d/bluerig-" + link.name();
        if (!owner.includes()) draft.unmet(Finding.PERSIST_IGNORED, new Change(saved(owner), "read at boot", "/etc/network/interfaces does not read interfaces.d"), "");
        if (owner.described() && wanted.only()) conflict(owner, "another stanza `iface " + link.name() + "`", draft);
        file(path, new IfupdownText(wanted, link).text(), "0644", owner, draft);
    }

    private void ifcfg(Owner.Ifcfg owner, Draft draft) {
        String path = "/etc/sysconfig/network-scripts/ifcfg-" + link.name();
        String text = new IfcfgText(wanted, link).edited(owner.text());
        if (text.equals(owner.text())) return;
        draft.change(saved(owner), "in " + path, owner.text().isEmpty() ? "no such file" : "other settings");
        draft.write(path, text, "0644", owner.text());
    }

    private void file(String path, String text, String mode, Owner owner, Draft draft) {
        String found = persistence.ours(path);
        if (found.equals(text)) return;
        draft.change(saved(owner), "in " + path, found.isEmpty() ? "no such file" : "other settings");
        draft.write(path, text, mode, found);
    }

    private void conflict(Owner owner, String where, Draft draft) {
        draft.unmet(Finding.PERSIST_CONFLICT, new Change(saved(owner), "ours alone", "also set up by " + where), "");
    }

    private String saved(Owner owner) {
        return link.name() + " at boot (" + owner.words() + ")";
    }
}
