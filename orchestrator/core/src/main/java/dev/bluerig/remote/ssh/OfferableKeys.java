package dev.bluerig.remote.ssh;

import dev.bluerig.inventory.Ssh;
import dev.bluerig.source.Secret;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Which keys may be offered to a machine, before any of them is read.
///
/// - `identities`: private keys to try; `named`: the inventory names them, so they must be usable; `only`: none of the agent's others.
/// - `certificates`: of `CertificateFile`, beside those that lie next to a key as `KEY-cert.pub`.
/// - `agent`: the socket to ask.
record OfferableKeys(List<Path> identities, boolean named, boolean only, List<Path> certificates, Optional<Secret> passphrase,
    Optional<Path> agent) {
    OfferableKeys {
        identities = List.copyOf(identities);
        certificates = List.copyOf(certificates);
    }

    static OfferableKeys of(Ssh ssh, SshSettings settings, SshConfig config, SshTokens tokens) {
        boolean named = ssh.identity().isPresent();
        List<Path> configured = config.values().containsKey("identityfile") ? config.all("identityfile").stream().map(tokens::path).toList()
            : settings.identities();
        List<Path> identities = ssh.identity().map(file -> List.of(DialTarget.expand(file))).orElse(configured);
        List<Path> certificates = config.all("certificatefile").stream().map(tokens::path).toList();
        return new OfferableKeys(identities, named, named || config.demands("identitiesonly"), certificates, ssh.passphrase(),
            agent(settings, config, tokens));
    }

    /// ssh_config(5), IdentityAgent: a path, `none`, `SSH_AUTH_SOCK` or a variable.
    private static Optional<Path> agent(SshSettings settings, SshConfig config, SshTokens tokens) {
        Optional<String> written = config.values().getOrDefault("identityagent", List.of()).stream().findFirst();
        if (written.isEmpty() || written.get().equals("SSH_AUTH_SOCK")) return settings.agent();
        if (written.get().equals("none")) return Optional.empty();
        if (written.get().startsWith("$") && !written.get().startsWith("${"))
            return Optional.ofNullable(System.getenv(written.get().substring(1))).filter(text -> !text.isBlank()).map(Path::of);
        return Optional.of(tokens.path(written.get()));
    }
}
