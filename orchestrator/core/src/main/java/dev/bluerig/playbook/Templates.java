package dev.bluerig.playbook;

import dev.bluerig.source.BoundedFile;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Location;
import dev.bluerig.source.Renderer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;

/// Where templates are looked for: `templates/` beside the playbooks' directory, `templates/` of the project, the project itself.
record Templates(List<Path> directories) {
    /// Bytes; as much as a template may yield.
    private static final int MOST = 4 << 20;

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
            if (Files.isRegularFile(file))
                return new Template(name, Renderer.checked(file.toString(), BoundedFile.text(file, MOST, at, "the template")), at);
        }
        throw new InvalidInput(at, "no template " + name + "; looked in "
            + String.join(", ", directories.stream().map(Path::toString).toList()));
    }
}
