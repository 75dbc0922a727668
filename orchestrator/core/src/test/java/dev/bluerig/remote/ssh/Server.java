package dev.bluerig.remote.ssh;

import dev.bluerig.remote.hostkey.PublicKeyText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// An SSH server on a loopback port for the contract of `Session`. Its user `plain` accepts `key()` and PASSWORD.
public interface Server extends AutoCloseable {
    String PASSWORD = "Old-Secret-11";

    Path directory();

    Path key();

    int port();

    PublicKeyText hostKey() throws IOException;

    /// Cuts every connection that stands, without a word of SSH.
    void cutConnections() throws IOException;

    @Override
    void close() throws IOException;

    /// A known_hosts file that knows this server under these names.
    default Path knownHosts(String... names) throws IOException {
        Path file = Files.createTempFile(directory(), "known", "");
        for (String name : names) Files.writeString(file, name + " " + hostKey() + "\n", StandardOpenOption.APPEND);
        return file;
    }

    default String name() {
        return "[127.0.0.1]:" + port();
    }
}
