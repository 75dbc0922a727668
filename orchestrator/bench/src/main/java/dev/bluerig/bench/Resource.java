package dev.bluerig.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// A file that is shipped with the bench.
final class Resource {
    private Resource() {}

    static String text(String name) throws IOException {
        try (InputStream in = Resource.class.getResourceAsStream(name)) {
            if (in == null) throw new IOException("not in this build: " + name);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
