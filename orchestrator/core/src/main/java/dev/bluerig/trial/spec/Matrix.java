package dev.bluerig.trial.spec;

import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.LoadSettings;
import dev.bluerig.protocol.TlsVersion;
import dev.bluerig.source.Described;
import java.util.List;
import java.util.stream.Stream;

/// The axes of a trial that is run many times: every combination once. An axis that is absent stays as in `load`.
public record Matrix(
    @Described(value = "Versions of TLS.", example = "[\"1.2\", \"1.3\"]", absent = "[]") List<TlsVersion> version,
    @Described(value = "Ciphers.", example = "[aes-128-gcm, aes-256-gcm]", absent = "[]") List<Cipher> cipher,
    @Described(value = "Who sends.", example = "[client-sends, both]", absent = "[]") List<LoadSettings.Direction> direction,
    @Described(value = "Connections at the same time.", example = "[1, 16, 256]", absent = "[]") List<Integer> connections,
    @Described(value = "Sizes written at once.", example = "[16KiB, 256KiB]", absent = "[]") List<ByteCount> write,
    @Described(value = "How long.", example = "[10, 60]", absent = "[]") List<Integer> seconds) {

    public Matrix {
        version = List.copyOf(version);
        cipher = List.copyOf(cipher);
        direction = List.copyOf(direction);
        connections = List.copyOf(connections);
        write = List.copyOf(write);
        seconds = List.copyOf(seconds);
        if (Stream.of(version, cipher, direction, connections, write, seconds).allMatch(List::isEmpty))
            throw new IllegalArgumentException("`matrix` names nothing to combine: give it values, or leave it out");
    }
}
