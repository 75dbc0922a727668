package dev.bluerig.fact.way;

import dev.bluerig.remote.Command;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a login, `sudo` or a packet on its way in asks a file for: sshd(8), sudoers(5), pam(7), nsswitch.conf(5), hosts_access(5).
public enum LoginFile {
    /// Settings of the SSH server.
    SERVER("the SSH server's settings", "/etc/ssh/sshd_config", "/etc/ssh/sshd_config\\.d/[^/]*\\.conf"),
    /// Rules of sudo; names with a dot or `~` at the end are left out (sudoers(5), "Including other files").
    SUDO("the rules of sudo", "/etc/sudoers", "/etc/sudoers\\.d/[^/.]*[^/.~]"),
    KEYS("keys that may log in", ".*/\\.ssh/authorized_keys2?", "/etc/ssh/authorized_keys.*"),
    ACCOUNTS("accounts and who may log in", "/etc/(passwd|shadow|group|gshadow|nsswitch\\.conf|shells|nologin|ld\\.so\\.preload"
        + "|environment)",
        "/(var/)?run/nologin", "/etc/hosts\\.(allow|deny)", "/etc/security/.*", "/etc/pam\\.conf", "/etc/sssd/.*",
        "/etc/pam\\.d/(sshd|sudo|sudo-i|other|postlogin|common-.*|system-auth.*|password-auth.*)", "/etc/sudo\\.conf",
            ".*/\\.ssh/(rc|environment)"),
    /// Host keys, banners, principals, crypto policies, the unit's own settings.
    SERVER_PARTS("what the SSH server stands on", "/etc/ssh/(?!ssh_config|ssh_known_hosts).*", "/etc/crypto-policies/.*",
        "/etc/default/ssh",
        "/etc/sysconfig/sshd", "(/etc|/run|/usr/lib|/lib|/usr/local/lib)/systemd/system/(ssh|sshd|dropbear)(@?)\\.(service"
            + "|socket)(\\.d/.*)?"),
    FIREWALL("what the firewall lets pass", "/etc/nftables.*", "/etc/(iptables|ufw|firewalld|shorewall6?)/.*",
        "/etc/sysconfig/ip6?tables.*");

    private final String what;
    private final List<Pattern> paths;

    LoginFile(String what, String... paths) {
        this.what = what;
        this.paths = List.of(paths).stream().map(Pattern::compile).toList();
    }

    /// For people.
    public String what() {
        return what;
    }

    public static Optional<LoginFile> at(String path) {
        String plain = plain(path);
        for (LoginFile file : values())
            if (file.paths.stream().anyMatch(shape -> shape.matcher(plain).matches())) return Optional.of(file);
        return Optional.empty();
    }

    /// Without `//`, `.` and `..`; links are not followed.
    public static String plain(String path) {
        var parts = new ArrayDeque<String>();
        for (String part : path.split("/")) {
            if (part.equals("..")) parts.pollLast();
            else if (!part.isEmpty() && !part.equals(".")) parts.addLast(part);
        }
        return "/" + String.join("/", parts);
    }

    /// The program that reads such a file says whether it could, before the file is moved into its place.
    public Optional<Command> checker(String file) {
        return switch (this) {
            case SERVER -> Optional.of(Command.of("/usr/sbin/sshd", "-t", "-f", file));
            case SUDO -> Optional.of(Command.of("visudo", "-cf", file));
            case KEYS, ACCOUNTS, SERVER_PARTS, FIREWALL -> Optional.empty();
        };
    }
}
