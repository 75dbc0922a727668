package dev.bluerig.task.boot;

import dev.bluerig.fact.link.Link;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.task.link.OffloadSpec;
import java.util.List;

/// The text of a one-shot unit that sets the flags of one link each time a device of its name appears. A port selected by PCI address is
/// looked for at that moment, as `Ports` does: what has its name by then may be another one. So that it gets them under a new name, too,
/// the unit is started at each boot as well.
///
/// Where nobody tells the link's bus device and sysfs shows neither that nor the PCI function, the name counts.
record FlagUnit(OffloadSpec wanted, Link link) {
    String text() {
        return "# Written by bluerig, which overwrites changes.\n" + wanted.pci().map(this::byPlace).orElseGet(this::byName);
    }

    /// The units that are to want it.
    List<String> wantedBy() {
        return wanted.pci().isPresent() ? List.of(device(), "multi-user.target") : List.of(device());
    }

    private String device() {
        return "sys-subsystem-net-devices-" + escaped(link.name().text()) + ".device";
    }

    private String byName() {
        return "[Unit]\nDescription=TLS offload flags of " + link.name() + "\nBindsTo=" + device() + "\nAfter=" + device()
            + "\n\n[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/usr/bin/env " + ethtool(link.name().text()) + "\n\n[Install]\n" + install();
    }

    /// Without `RemainAfterExit=`, so that it is started again when the driver is loaded again.
    private String byPlace(PciAddress pci) {
        return "[Unit]\nDescription=TLS offload flags of " + pci + " (" + link.name() + ")\nAfter=" + device()
            + "\n\n[Service]\nType=oneshot\nExecStart=/bin/sh -c '" + script(pci).replace("$", "$$") + "'\n\n[Install]\n" + install();
    }

    private String install() {
        return String.join("", wantedBy().stream().map(by -> "WantedBy=" + by + "\n").toList());
    }

    /// For a shell of POSIX. Physical port names as in `Uplink`; several devices without any are told apart by the name alone.
    private String script(PciAddress pci) {
        String name = link.name().text();
        String virtual = link.device().isPresent() ? "" : "if ! test -e $at && ! test -e /sys/class/net/$name/device; then exec " + ethtool("$name") + "; fi; ";
        return String.join("; ", "at=/sys/bus/pci/devices/" + pci + " name=" + name + " up= untold=", "udevadm settle --timeout=30", virtual + "for link in $at/net/* $at/virtio*/net/*; do test -e $link || continue",
            "case $(cat $link/phys_port_name 2>/dev/null) in p[0-9]*|l[0-9]*) up=\"$up $link\";; \"\") untold=\"$untold $link\";; esac", "done",
            "set -- ${up:-$untold}", "if test $# -gt 1 && test -e $at/net/$name; then set -- $at/net/$name", "fi",
            "if test $# != 1; then echo \"$at has $# network devices that could be the port, which was $name: no flag is set\" >&2", "exit 1", "fi",
            "if test ${1##*/} != $name; then echo \"$at is ${1##*/} now, not $name\"", "fi", "exec " + ethtool("${1##*/}"));
    }

    private String ethtool(String name) {
        return "ethtool -K " + name + " " + String.join(" ", wanted.words());
    }

    /// Everything but letters, digits, `:`, `_` and `.` is written as a hexadecimal number (systemd-escape(1)); a leading dot cannot be.
    private static String escaped(String name) {
        var text = new StringBuilder();
        for (char c : name.toCharArray()) text.append(Character.isLetterOrDigit(c) || ":_.".indexOf(c) >= 0 ? Character.toString(c) : "\\x%02x".formatted((int) c));
        return text.toString();
    }
}
