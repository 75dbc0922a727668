package dev.bluerig.remote.ssh;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.AgentProxyException;
import com.jcraft.jsch.Identity;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import com.jcraft.jsch.SSHAgentConnector;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.remote.hostkey.PublicKeyText;
import dev.bluerig.source.BoundedFile;
import dev.bluerig.source.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Private keys, read and decrypted once per run, the agent's, and certificates for either.
final class PrivateKeys {
    private record Source(Path file, Optional<Secret> passphrase) {}

    /// Bytes; RSA keys of 16384 bits have 13 KB.
    private static final int LARGEST = 1 << 20;

    private final Map<Source, KeyIdentity> read = new ConcurrentHashMap<>();

    /// The keys to offer to this target, most wanted first: as ssh does, certificates before what they belong to.
    List<Identity> of(DialTarget target) throws Unreachable {
        OfferableKeys ring = target.ring();
        var held = new AgentKeys(ring);
        var offered = new ArrayList<Identity>();
        for (Path file : ring.identities()) identity(file, target, held).ifPresent(offered::add);
        if (!ring.only()) for (Identity one : held.keys()) if (offered.stream().noneMatch(other -> same(one, other))) offered.add(one);
        List<Identity> certified = certified(ring, offered, held);
        certified.addAll(offered);
        return certified;
    }

    /// The file's key itself when it can be used, or the same key in the agent; a default key that is neither is left out.
    private Optional<Identity> identity(Path file, DialTarget target, AgentKeys held) throws Unreachable {
        boolean named = target.ring().named();
        if (!named && !Files.exists(file) && !Files.exists(publicHalf(file))) return Optional.empty();
        Optional<PublicKeyText> half = Files.exists(file) ? publicKey(file) : publicKey(publicHalf(file));
        if (half.isPresent()) {
            Optional<Identity> inAgent = held.keys().stream().filter(one -> Arrays.equals(one.getPublicKeyBlob(), half.get().blob()))
                .findFirst();
            if (inAgent.isPresent() || !named) return inAgent;
            throw unreadable(target, file + " is a public key, and ssh-agent does not hold its private half");
        }
        Optional<KeyIdentity> loaded = load(file, target);
        if (loaded.isEmpty() || !loaded.get().isEncrypted()) return loaded.map(Identity.class::cast);
        Optional<Identity> unlocked = held.keys().stream().filter(one -> same(one, loaded.get())).findFirst();
        if (unlocked.isPresent() || !named) return unlocked;
        throw unreadable(target, file + (target.ring().passphrase().isPresent() ? ": the passphrase is wrong"
            : " is encrypted, no passphrase is given, and ssh-agent does not hold it" + target.withoutSecrets()));
    }

    private static Path publicHalf(Path file) {
        return file.resolveSibling(file.getFileName() + ".pub");
    }

    private Optional<KeyIdentity> load(Path file, DialTarget target) throws Unreachable {
        Optional<Secret> passphrase = target.ring().passphrase();
        var source = new Source(file, passphrase);
        KeyIdentity known = read.get(source);
        if (known != null) return Optional.of(known);
        try {
            KeyPair pair = KeyPair.load(new JSch(), BoundedFile.bytes(file, LARGEST), null);
            if (pair.isEncrypted()) passphrase.ifPresent(secret -> pair.decrypt(secret.reveal().getBytes(UTF_8)));
            var identity = new KeyIdentity(file.toString(), pair);
            read.putIfAbsent(source, identity);
            return Optional.of(identity);
        } catch (IOException | JSchException failed) {
            if (!target.ring().named()) return Optional.empty();
            throw unreadable(target, failed instanceof NoSuchFileException ? "there is no file " + file
                : file + " cannot be read as a private key"
                + (failed instanceof BoundedFile.Unreadable ? ": " + failed.getMessage() : ""));
        }
    }

    private static Unreachable unreadable(DialTarget target, String why) {
        return new Unreachable(ConnectionCode.KEY_UNREADABLE, target.where() + ": " + why);
    }

    private static List<Identity> certified(OfferableKeys ring, List<Identity> offered, AgentKeys held) {
        var certified = new ArrayList<Identity>();
        for (Path file : ring.identities()) certificate(file.resolveSibling(file.getFileName() + "-cert.pub"), offered, certified);
        if (ring.certificates().isEmpty()) return certified;
        var all = new ArrayList<>(offered);
        all.addAll(held.keys());
        for (Path file : ring.certificates()) certificate(file, all, certified);
        return certified;
    }

    private static void certificate(Path file, List<Identity> keys, List<Identity> certified) {
        Optional<PublicKeyText> certificate = publicKey(file).filter(CertifiedKey::isCertificate);
        if (certificate.isEmpty() || certified.stream().anyMatch(one -> Arrays.equals(one.getPublicKeyBlob(), certificate.get().blob())))
            return;
        keys.stream().filter(key -> CertifiedKey.belongs(certificate.get(), key.getPublicKeyBlob())).findFirst()
            .ifPresent(key -> certified.add(new CertifiedKey(key, certificate.get(), file.toString())));
    }

    /// Empty when the file does not hold one.
    private static Optional<PublicKeyText> publicKey(Path file) {
        try {
            if (!Files.isRegularFile(file)) return Optional.empty();
            String[] words = new String(BoundedFile.bytes(file, LARGEST), ISO_8859_1).strip().split("[ \t\r\n]+", 3);
            return words.length < 2 ? Optional.empty() : Optional.of(PublicKeyText.of(words[0], words[1]));
        } catch (IOException | IllegalArgumentException another) {
            return Optional.empty();
        }
    }

    /// The agent's keys, asked for once and only when they matter.
    private static final class AgentKeys {
        private final OfferableKeys ring;
        private Optional<List<Identity>> keys = Optional.empty();

        AgentKeys(OfferableKeys ring) {
            this.ring = ring;
        }

        List<Identity> keys() {
            if (keys.isEmpty()) keys = Optional.of(ring.agent().map(AgentKeys::asked).orElse(List.of()));
            return keys.get();
        }

        private static List<Identity> asked(Path socket) {
            try {
                return List.copyOf(new AgentIdentityRepository(new SSHAgentConnector(socket)).getIdentities());
            } catch (AgentProxyException silent) {
                return List.of();
            }
        }
    }

    private static boolean same(Identity one, Identity other) {
        return Arrays.equals(one.getPublicKeyBlob(), other.getPublicKeyBlob());
    }
}
