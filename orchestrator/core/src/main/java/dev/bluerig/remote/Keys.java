package dev.bluerig.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.AgentProxyException;
import com.jcraft.jsch.Identity;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import com.jcraft.jsch.SSHAgentConnector;
import dev.bluerig.source.BoundedFile;
import dev.bluerig.source.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Private keys, read and decrypted once per run, and the agent's.
final class Keys {
    private record Source(Path file, Optional<Secret> passphrase) {}

    /// Bytes; RSA keys of 16384 bits have 13 KB.
    private static final int LARGEST = 1 << 20;

    private final Optional<Path> agent;
    private final Map<Source, KeyIdentity> read = new ConcurrentHashMap<>();

    Keys(Optional<Path> agent) {
        this.agent = agent;
    }

    /// The keys to offer to this target, most wanted first.
    List<Identity> of(Target target) throws Unreachable {
        var offered = new ArrayList<Identity>();
        for (Path file : target.identities()) {
            if (!target.named() && !Files.exists(file)) continue;
            Identity identity = usable(file, target);
            if (!identity.isEncrypted()) offered.add(identity);
        }
        if (!target.only()) for (Identity held : agent()) if (offered.stream().noneMatch(one -> same(one, held))) offered.add(held);
        return offered;
    }

    /// The file's key itself when it can be used, or the same key in the agent; a default key that is neither is left out by the caller.
    private Identity usable(Path file, Target target) throws Unreachable {
        KeyIdentity identity = load(file, target);
        if (!identity.isEncrypted()) return identity;
        Optional<Identity> held = agent().stream().filter(one -> same(one, identity)).findFirst();
        if (held.isPresent()) return held.get();
        if (!target.named()) return identity;
        throw new Unreachable(Reason.KEY_UNREADABLE, target.where() + ": " + file + (target.passphrase().isPresent()
            ? ": the passphrase is wrong" : " is encrypted, no passphrase is given, and ssh-agent does not hold it"));
    }

    private KeyIdentity load(Path file, Target target) throws Unreachable {
        var source = new Source(file, target.passphrase());
        KeyIdentity known = read.get(source);
        if (known != null) return known;
        try {
            KeyPair pair = KeyPair.load(new JSch(), BoundedFile.bytes(file, LARGEST), null);
            if (pair.isEncrypted()) target.passphrase().ifPresent(passphrase -> pair.decrypt(passphrase.reveal().getBytes(UTF_8)));
            var identity = new KeyIdentity(file.toString(), pair);
            read.putIfAbsent(source, identity);
            return identity;
        } catch (java.nio.file.NoSuchFileException missing) {
            throw new Unreachable(Reason.KEY_UNREADABLE, target.where() + ": there is no file " + file);
        } catch (BoundedFile.Unreadable why) {
            throw new Unreachable(Reason.KEY_UNREADABLE, target.where() + ": " + file + " cannot be read as a private key: " + why.getMessage(), why);
        } catch (JSchException unreadable) {
            throw new Unreachable(Reason.KEY_UNREADABLE, target.where() + ": " + file + " cannot be read as a private key", unreadable);
        }
    }

    private List<Identity> agent() {
        if (agent.isEmpty()) return List.of();
        try {
            return List.copyOf(new AgentIdentityRepository(new SSHAgentConnector(agent.get())).getIdentities());
        } catch (AgentProxyException silent) {
            return List.of();
        }
    }

    private static boolean same(Identity one, Identity other) {
        return Arrays.equals(one.getPublicKeyBlob(), other.getPublicKeyBlob());
    }
}
