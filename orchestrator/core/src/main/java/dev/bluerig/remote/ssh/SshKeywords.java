package dev.bluerig.remote.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What bluerig makes of the keywords of ssh_config(5): followed, refused before dialling, not used and said so, or without effect here.
/// The table is `docs/ssh.md`; whatever is in none of these lists has no effect on a login or on what runs after it.
final class SshKeywords {
    /// Without these another machine, another path or a revoked key could be taken: no dialling.
    private static final List<String> REFUSED = List.of("bindinterface", "revokedhostkeys");

    /// Said by `lint` when they differ from what ssh does by itself, with what comes instead.
    private static final Map<String, String> UNUSED = Map.ofEntries(
        Map.entry("casignaturealgorithms", "certificates may be signed as JSch allows"),
        Map.entry("ciphers", "JSch's list is offered"),
        Map.entry("controlpath", "no connection is shared with ssh; log in by key, password or certificate"),
        Map.entry("hostbasedauthentication", "log in by key or password"),
        Map.entry("hostkeyalgorithms", "all that is on file is accepted"),
        Map.entry("kexalgorithms", "JSch's list is offered"),
        Map.entry("knownhostscommand", "put the keys into a known_hosts file: bluerig enrol"),
        Map.entry("localcommand", "it is not run"),
        Map.entry("macs", "JSch's list is offered"),
        Map.entry("nohostauthenticationforlocalhost", "host keys are always checked: bluerig enrol"),
        Map.entry("pkcs11provider", "load the token's keys into ssh-agent: ssh-add -s"),
        Map.entry("pubkeyacceptedalgorithms", "JSch's list is offered"),
        Map.entry("requiredrsasize", "RSA keys of any size are accepted"),
        Map.entry("stricthostkeychecking", "a key that is not on file is never accepted: bluerig enrol"),
        Map.entry("verifyhostkeydns", "keys must be on file: bluerig enrol"));

    private SshKeywords() {}

    /// The keyword that forbids dialling, with its value.
    static Optional<String> refused(SshConfig config) {
        for (String keyword : REFUSED) if (config.one(keyword).isPresent()) return Optional.of(keyword + " " + config.one(keyword).get());
        return config.demands("proxyusefdpass") && config.one("proxycommand").isPresent() ? Optional.of("proxyusefdpass yes")
            : Optional.empty();
    }

    /// `usual`: what ssh says without any configuration.
    static List<String> unused(SshConfig config, SshConfig usual) {
        var unused = new ArrayList<String>();
        UNUSED.keySet().stream().sorted().forEach(keyword -> {
            Optional<String> value = config.one(keyword);
            boolean asUsual = value.isEmpty() || value.equals(usual.one(keyword)) || keyword.equals("stricthostkeychecking")
                && config.demands(keyword);
            if (!asUsual && !config.refuses(keyword) || keyword.equals("stricthostkeychecking") && config.refuses(keyword))
                unused.add(keyword + " " + ServerText.shown(value.orElse("")) + " is not used: " + UNUSED.get(keyword));
        });
        return List.copyOf(unused);
    }
}
