package dev.bluerig.lab.kernel;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The scripts and sources that this build carries, from its jar or from the directory of its classes.
final class LabResources {
    private LabResources() {}

    /// One file beside this class, for example `guest/process-1`.
    static String text(String name) {
        try (var in = LabResources.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException("not in this build: " + name);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new IllegalStateException("cannot be read from this build: " + name, broken);
        }
    }

    /// Every file of a directory beside this class, by name. One of them is named, because a directory of the same name may lie elsewhere
    /// on the class path.
    static SortedMap<String, String> texts(String directory, String member) {
        URL place = LabResources.class.getResource(directory + "/" + member);
        if (place == null) throw new IllegalStateException("not in this build: " + directory + "/" + member);
        try {
            URI uri = place.toURI();
            if (!uri.getScheme().equals("jar")) return texts(Path.of(uri).getParent());
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                String full = uri.getSchemeSpecificPart();
                return texts(jar.getPath(full.substring(full.indexOf('!') + 1)).getParent());
            }
        } catch (IOException | URISyntaxException broken) {
            throw new IllegalStateException("cannot be listed in this build: " + directory, broken);
        }
    }

    private static SortedMap<String, String> texts(Path directory) throws IOException {
        var texts = new TreeMap<String, String>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) texts.put(file.getFileName().toString(), Files.readString(file));
        }
        return texts;
    }
}
