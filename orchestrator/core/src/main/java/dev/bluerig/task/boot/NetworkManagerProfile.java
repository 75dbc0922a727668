package dev.bluerig.task.boot;

import dev.bluerig.fact.boot.BootOwner.Connection;
import dev.bluerig.fact.link.Link;
import dev.bluerig.inventory.Cidr;
import dev.bluerig.inventory.Mtu;
import dev.bluerig.remote.Command;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Deed;
import dev.bluerig.task.diff.DiffBuilder;
import dev.bluerig.task.diff.DiffBuilder.Phase;
import dev.bluerig.task.diff.Finding;
import java.util.ArrayList;
import java.util.List;

/// Addresses, MTU and state of one link in NetworkManager: the profile in use is modified, if it is of this link alone, else one of ours is
/// added that comes first, and the device takes it over without going down.
///
/// By `device modify` with the same settings, not by `device reapply`: that fails when the profile differs from the device in anything that
/// cannot be applied to a running one, such as an ethtool feature ("Can't reapply any changes to 'ethtool' setting", tried with 1.42.4).
record NetworkManagerProfile(BootSettings wanted, NetworkManagerBackend backend) {
    /// Of `connection.autoconnect-priority` (nm-settings(5)).
    private static final int MOST = 999;

    void compare(DiffBuilder draft) {
        var owner = backend.owner();
        var ours = owner.own(link()).or(() ->
            owner.others().stream().filter(profile -> profile.id().equals(id()) && profile.names(link())).findFirst());
        var rivals = new ArrayList<Connection>(owner.others().stream().filter(profile -> profile.fits(link())).toList());
        owner.connection().ifPresent(rivals::add);
        ours.ifPresent(profile -> rivals.removeIf(rival -> rival.uuid().equals(profile.uuid())));
        if (ours.isPresent()) keep(ours.get(), rivals, draft);
        else add(rivals, draft);
    }

    private Link link() {
        return backend.link();
    }

    private void keep(Connection ours, List<Connection> rivals, DiffBuilder draft) {
        rivals.stream().filter(rival -> rival.priority() > ours.priority()).findFirst()
            .ifPresent(rival -> conflict("its priority is " + rival.priority(), rival, draft));
        if (!ours.autoconnect() && wanted.up().orElse(true)) conflict("it is not started at boot (autoconnect no)", ours, draft);
        modify(ours, draft);
        if (backend.owner().own(link()).isPresent()) return;
        var inUse = backend.owner().connection();
        draft.change(backend.saved(), "connection " + id() + " in use", inUse.map(Connection::id).orElse("no connection"));
        start(draft);
        inUse.ifPresent(before ->
            draft.undo(Phase.APPLY, Command.of("nmcli", "connection", "up", "uuid", before.uuid(), "ifname", name())));
    }

    private void add(List<Connection> rivals, DiffBuilder draft) {
        var inUse = backend.owner().connection();
        inUse.filter(profile -> !wanted.only()).ifPresent(profile -> replaced(profile, draft));
        int highest = rivals.stream().mapToInt(Connection::priority).max().orElse(-1);
        rivals.stream().filter(rival -> rival.priority() >= MOST).findFirst()
            .ifPresent(rival -> conflict("its priority is the highest", rival, draft));
        add(inUse.isPresent() || highest >= 0 ? Math.clamp(highest + 1L, 1, MOST) : 0,
            inUse.map(profile -> profile.id() + ", which is not of this link alone").orElse("no connection"), draft);
    }

    /// A profile of several devices, or of none by name, is not modified: it would change them all. Ours takes its place on this one.
    private void replaced(Connection profile, DiffBuilder draft) {
        boolean sets = !profile.addresses4().isEmpty() || !profile.addresses6().isEmpty()
            || List.of("auto", "dhcp").contains(profile.method4());
        if (sets)
            conflict("it is not of this link alone, and what it sets (ipv4 " + profile.method4() + ") would not count any more", profile,
                draft);
    }

    private void conflict(String why, Connection rival, DiffBuilder draft) {
        draft.unmet(Finding.PERSIST_CONFLICT, new Change(backend.saved(), "as wanted", "connection " + rival.id() + ": " + why), "");
    }

    private String id() {
        return "bluerig-" + name();
    }

    private void modify(Connection found, DiffBuilder draft) {
        var words = new ArrayList<String>();
        var back = new ArrayList<String>();
        wanted.mtu().map(Mtu::text).filter(mtu -> !mtu.equals(found.mtu()))
            .ifPresent(mtu -> field("802-3-ethernet.mtu", mtu, found.mtu(), words, back, draft));
        family("ipv4", four(), found.method4(), found.addresses4(), words, back, draft);
        family("ipv6", six(), found.method6(), found.addresses6(), words, back, draft);
        if (words.isEmpty()) return;
        draft.step(Phase.WRITE, NetworkManagerBackend.modify(found, words), NetworkManagerBackend.modify(found, back));
        if (!wanted.only() && holdsOthers(found)) return;
        draft.step(Phase.APPLY, NetworkManagerBackend.nmcli(List.of("device", "modify", name()), words));
        draft.undo(Phase.DOWN, NetworkManagerBackend.nmcli(List.of("device", "modify", name()), back));   // after the profile is as before
        draft.does(Phase.APPLY, new Deed.Disturb(name()));
        draft.touch(name());
    }

    /// NetworkManager drops what it does not know when it applies anything (tried with 1.42.4), and nobody named these addresses.
    private boolean holdsOthers(Connection found) {
        return link().addresses().stream().filter(Link.Address::isPermanentGlobal).map(address -> address.cidr())
            .anyMatch(held -> !wanted.addresses().contains(held) && !found.addresses4().contains(held.text())
                && !found.addresses6().contains(held.text()));
    }

    /// DHCP stays beside added addresses; with `only` the method becomes manual.
    private void family(String family, List<String> addresses, String method, List<String> found, List<String> words, List<String> back,
                        DiffBuilder draft) {
        boolean others = wanted.only() && !addresses.containsAll(found);
        boolean right = found.containsAll(addresses) && !others;
        String better = method(family, addresses, method);
        if (!better.equals(method) && right) field(family + ".method", better, method, words, back, draft);
        if (right) return;
        var all = new ArrayList<>(wanted.only() ? List.of() : found);
        addresses.stream().filter(address -> !all.contains(address)).forEach(all::add);
        field(family + ".addresses", String.join(",", all), String.join(",", found), words, back, draft);
        field(family + ".method", better, method, words, back, draft);
    }

    private String method(String family, List<String> addresses, String found) {
        if (!addresses.isEmpty()) return wanted.only() || !found.equals("auto") && !found.equals("dhcp") ? "manual" : found;
        if (!wanted.only() || !found.equals("manual")) return found;
        return family.equals("ipv4") ? "disabled" : "link-local";
    }

    private void field(String name, String value, String before, List<String> words, List<String> back, DiffBuilder draft) {
        if (!value.equals(before))
            draft.change(backend.saved() + " " + name, value.isEmpty() ? "none" : value, before.isEmpty() ? "none" : before);
        words.addAll(List.of(name, value));
        back.addAll(List.of(name, before));
    }

    private void add(int priority, String before, DiffBuilder draft) {
        String id = id();
        draft.change(backend.saved(), "connection " + id, before);
        var words = new ArrayList<>(List.of("type", "ethernet", "con-name", id, "ifname", wanted.mac().isPresent() ? "*" : name()));
        wanted.mac().ifPresent(mac -> words.addAll(List.of("802-3-ethernet.mac-address", mac)));
        words.addAll(List.of("ipv4.method", four().isEmpty() ? "disabled" : "manual",
            "ipv6.method", six().isEmpty() ? "link-local" : "manual"));
        if (!four().isEmpty()) words.addAll(List.of("ipv4.addresses", String.join(",", four())));
        if (!six().isEmpty()) words.addAll(List.of("ipv6.addresses", String.join(",", six())));
        wanted.mtu().ifPresent(mtu -> words.addAll(List.of("802-3-ethernet.mtu", mtu.text())));
        if (priority > 0) words.addAll(List.of("connection.autoconnect-priority", Integer.toString(priority)));
        draft.step(Phase.WRITE, NetworkManagerBackend.nmcli(List.of("connection", "add"), words),
            Command.of("nmcli", "connection", "delete", "id", id));
        start(draft);
    }

    private void start(DiffBuilder draft) {
        draft.step(Phase.APPLY, Command.of("nmcli", "connection", "up", "id", id()));
        draft.does(Phase.APPLY, new Deed.Disturb(name()));
        draft.touch(name());
    }

    private List<String> four() {
        return wanted.addresses().stream().filter(address -> !address.isV6()).map(Cidr::text).toList();
    }

    private List<String> six() {
        return wanted.addresses().stream().filter(Cidr::isV6).map(Cidr::text).toList();
    }

    private String name() {
        return link().name().text();
    }
}
