package dev.bluerig.guard;

import dev.bluerig.task.diff.Deed;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Packages whose installation starts something that takes over links, filters packets or stands in the door. None is ever removed.
final class PackageDangers {
    /// Of Debian and Red Hat, by what their descriptions say.
    private static final Pattern LINKS =
        Pattern.compile("network-manager.*|NetworkManager.*|ifupdown.*|connman|dhcpcd.*|wicked.*|netplan\\.io|systemd-networkd|resolvconf");
    private static final Pattern DOOR = Pattern.compile("openssh-server.*|dropbear.*|sudo|sudo-ldap|libpam-.*|pam_.*|sssd.*|libnss-.*");
    private static final Pattern FILTER =
        Pattern.compile("firewalld|ufw|iptables-persistent|netfilter-persistent|shorewall.*|fail2ban.*|sshguard|denyhosts");

    private PackageDangers() {}

    static Stream<Danger> of(Deed.InstallPackages install) {
        return install.names().stream().flatMap(name -> why(name).map(why -> Danger.unsure(Danger.Kind.PACKAGE, name, why)));
    }

    private static Stream<String> why(String name) {
        if (LINKS.matcher(name).matches()) return Stream.of("it sets up links, and may take those of the way in");
        if (DOOR.matcher(name).matches()) return Stream.of("logins go by it");
        if (FILTER.matcher(name).matches()) return Stream.of("it may keep SSH out");
        return Stream.empty();
    }
}
