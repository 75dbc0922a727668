package dev.bluerig.playbook;

import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;

/// Where templates are looked for: `templates/` beside the playbooks' directory, `templates/` of the project, the project itself.
record Templates(List<Path> directories) {
    Templates {
        directories = List.copyOf(directories);
    }

    static Templates around(Path playbook, Path project) {
        var all = new LinkedHashSet<Path>();
        Path here = playbook.toAbsolutePath().normalize().getParent();
        Path root = project.toAbsolutePath().normalize();
        all.add(here.resolveSibling("templates"));
        all.add(here.resolve("templates"));
        all.add(root.resolve("templates"));
        all.add(root);
        return new Templates(List.copyOf(all));
    }

    Template read(String name, Location at) {
        Path wanted = Path.of(name).normalize();
        if (wanted.isAbsolute() || wanted.startsWith("..") || name.isBlank())
            throw new InvalidInput(at, "a template is a file name below templates/: " + name);
        for (Path directory : directories) {
            Path file = directory.resolve(wanted);
            if (Files.isRegularFile(file)) return new Template(name, text(file, at), at);
        }
        throw new InvalidInput(at, "no template " + name + "; looked in " + String.join(", ", directories.stream().map(Path::toString).toList()));
    }

    private static String text(Path file, Location at) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new InvalidInput(at, "cannot read " + file + ": " + unreadable.getMessage());
        }
    }
}
