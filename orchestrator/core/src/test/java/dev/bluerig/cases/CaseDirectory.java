package dev.bluerig.cases;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A directory of test resources that is one test case.
public record CaseDirectory(Path path) {
    /// All cases below a resource directory such as `dev/bluerig/fact/ports`; none is an error, so that a test cannot run empty.
    public static List<CaseDirectory> in(String resource) {
        URL found = CaseDirectory.class.getClassLoader().getResource(resource);
        if (found == null) throw new AssertionError("no cases: " + resource);
        try (var paths = Files.list(Path.of(uri(found)))) {
            var cases = paths.filter(Files::isDirectory).sorted().map(CaseDirectory::new).toList();
            if (cases.isEmpty()) throw new AssertionError("no cases in " + resource);
            return cases;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static URI uri(URL url) {
        try {
            return url.toURI();
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    public String name() {
        return path.getFileName().toString();
    }

    /// Who wrote what the case expects: as `# written-by: WORD` at the head of `output.txt` says.
    public enum Author { HAND, TOOL, CODE }

    private static final Pattern AUTHOR = Pattern.compile("(?m)\\A(?:#.*\\n)*?# written-by: (.*)$");

    /// By default it is the code, which proves that nothing changed and no more.
    public Author author() {
        Matcher said = AUTHOR.matcher(text("output.txt"));
        return said.find() ? Author.valueOf(said.group(1).strip().toUpperCase(Locale.ROOT)) : Author.CODE;
    }

    public URI source(String file) {
        return path.resolve(file).toUri();
    }

    public String text(String file) {
        return optional(file).orElseThrow(() -> new AssertionError(path + " has no " + file));
    }

    public Optional<String> optional(String file) {
        Path wanted = path.resolve(file);
        if (!Files.exists(wanted)) return Optional.empty();
        try {
            return Optional.of(Files.readString(wanted));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public Transcript transcript() {
        return Transcript.of(name() + "/output.txt", text("output.txt"));
    }
}
