package dev.bluerig.guard;

import dev.bluerig.fact.way.LoginFile;
import dev.bluerig.task.diff.Deed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A command of the user's own: nobody knows what it does, so what it names of the way in is in danger, and so is all of it where the
/// program is one that sets up links, filters packets, or keeps accounts.
///
/// `carriers`: links and bridges of the way in, and why.
record CommandDangers(Map<String, String> carriers) {
    /// They only look.
    private static final Set<String> READERS = Set.of("cat", "grep", "ls", "test", "stat", "readlink", "head", "tail", "wc", "echo", "true",
        "false", "logger", "diff", "cmp", "find", "which", "ss", "ping", "arping", "lspci", "journalctl", "dmesg", "sleep");
    private static final Set<String> NETWORK = Set.of("nmcli", "nmtui", "netplan", "networkctl", "ifup", "ifdown", "ifreload", "ifconfig",
        "route", "brctl", "dhclient", "dhcpcd", "wicked", "udevadm", "openibd", "mlxfwreset", "rmmod", "ip");
    private static final Set<String> FILTERS = Set.of("iptables", "ip6tables", "iptables-restore", "ip6tables-restore", "nft", "ufw",
        "firewall-cmd", "ebtables", "arptables", "fail2ban-client", "netfilter-persistent");
    private static final Set<String> ACCOUNTS = Set.of("passwd", "chpasswd", "usermod", "userdel", "deluser", "groupdel", "gpasswd",
        "chage",
        "pam-auth-update", "authselect", "update-crypto-policies", "visudo", "vipw", "ssh-keygen");
    private static final Set<String> ENDS = Set.of("poweroff", "halt", "shutdown", "init", "telinit", "kexec");
    private static final Set<String> SHELLS = Set.of("sh", "bash", "dash", "ksh", "zsh", "busybox", "env", "timeout", "nice", "nohup",
        "setsid",
        "sudo", "xargs", "python3", "python", "perl", "nsenter", "systemd-run", "chroot", "ansible", "awk");
    private static final Pattern SYSCTL = Pattern.compile("disable_ipv6|rp_filter|arp_(ignore|filter|announce)"
        + "|ignore_routes_with_linkdown");
    private static final Pattern BETWEEN = Pattern.compile("[^A-Za-z0-9_.:@/-]+");

    Stream<Danger> of(List<String> words) {
        String program = base(words.getFirst());
        if (READERS.contains(program)) return Stream.empty();
        if (program.equals("shutdown") && (words.contains("-r") || words.contains("--reboot"))) return Stream.empty();
        if (ENDS.contains(program)) return Stream.of(Danger.sure(Danger.Kind.COMMAND, line(words), "the machine would be off"));
        var whole = SHELLS.contains(program) ? words.stream().flatMap(word -> Stream.of(BETWEEN.split(word))).map(CommandDangers::base)
            .flatMap(word -> program(word).stream()).findFirst() : program(program);
        if (whole.isPresent()) return Stream.of(Danger.unsure(Danger.Kind.COMMAND, line(words), whole.get()));
        if (program.equals("modprobe") && (words.contains("-r") || words.contains("--remove")))
            return Stream.of(Danger.unsure(Danger.Kind.COMMAND, line(words), "a link of the way in may go with its driver"));
        if (words.stream().anyMatch(word -> SYSCTL.matcher(word).find()))
            return Stream.of(Danger.unsure(Danger.Kind.COMMAND, line(words), "it cannot be told that packets of the way in still pass"));
        return words.stream().flatMap(word -> Stream.of(BETWEEN.split(word))).distinct().flatMap(word -> named(word).stream());
    }

    private static Optional<String> program(String name) {
        if (NETWORK.contains(name)) return Optional.of("it sets up links or routes, and it cannot be told that those of the way in stay");
        if (FILTERS.contains(name)) return Optional.of("it cannot be told that it lets SSH pass");
        if (ACCOUNTS.contains(name)) return Optional.of("it cannot be told that the next login works");
        return ENDS.contains(name) ? Optional.of("the machine may be off afterwards") : Optional.empty();
    }

    private Optional<Danger> named(String word) {
        String why = carriers.get(word);
        if (why != null) return Optional.of(Danger.unsure(Danger.Kind.LINK, word, "the command names it; " + why));
        if (word.startsWith("/")) return LoginFile.at(word).map(file ->
            Danger.unsure(Danger.Kind.FILE, word, "the command names it, and it holds " + file.what()));
        return UnitDangers.isOfWay(word, carriers)
            ? Optional.of(Danger.unsure(Danger.Kind.UNIT, word, "the command names it, and a way in stands on it")) : Optional.empty();
    }

    private static String base(String word) {
        return word.substring(word.lastIndexOf('/') + 1);
    }

    private static String line(List<String> words) {
        return String.join(" ", words);
    }

    /// What its author says of it.
    static Stream<Deed> touched(Deed.RunCommand command) {
        return command.touches().stream().sorted().map(name -> name.endsWith(".service") ? new Deed.RunUnit(name, Deed.Verb.STOP)
            : new Deed.Disturb(name));
    }
}
