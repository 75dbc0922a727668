package dev.bluerig.sim.tool;

import dev.bluerig.sim.machine.FileEntry;
import dev.bluerig.sim.machine.FileError;
import dev.bluerig.sim.machine.FileTree;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `ls`.
final class Ls {
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("MMM ppd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Ls() {}

    static int run(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "1ladAhFtr", List.of("color="), true);
        if (options.strange().isPresent()) return call.unknown("option " + options.strange().get());
        List<String> names = options.rest().isEmpty() ? List.of(".") : options.rest();
        int status = 0;
        var directories = new ArrayList<String>();
        for (String name : names) {
            Optional<FileEntry> entry = call.machine().files().find(call.path(name), !options.has("l"));
            if (entry.isEmpty()) {
                status = call.fail(2, "ls: cannot access '" + name + "': " + FileError.MISSING);
            } else if (entry.get().isDirectory() && !options.has("d")) {
                directories.add(name);
            } else {
                call.line(options.has("l") ? line(name, entry.get()) : name);
            }
        }
        for (String name : directories) {
            if (names.size() > 1) call.line(name + ":");
            try {
                directory(call, options, call.path(name));
            } catch (FileError problem) {
                status = call.fail(2, "ls: cannot open directory '" + name + "': " + problem.getMessage());
            }
        }
        return status;
    }

    private static void directory(ProgramCall call, GetOpt options, String path) throws FileError {
        FileTree files = call.machine().files();
        if (options.has("l")) call.line("total 0");
        for (String name : files.list(path)) {
            if (name.startsWith(".") && !options.has("a") && !options.has("A")) continue;
            call.line(options.has("l") ? line(name, files.find(FileTree.resolve(path, name), false).orElseThrow()) : name);
        }
    }

    private static String line(String name, FileEntry entry) {
        return "%s 1 %s %s %8d %s %s%s".formatted(mode(entry), entry.owner(), entry.group(), entry.content().length,
            WHEN.format(Instant.ofEpochSecond(entry.modified())), name, entry.kind() == FileEntry.Kind.LINK ? " -> " + entry.target() : "");
    }

    static String mode(FileEntry entry) {
        char type = switch (entry.kind()) {
            case REGULAR -> '-';
            case DIRECTORY -> 'd';
            case LINK -> 'l';
            case DEVICE -> 'c';
        };
        var text = new StringBuilder().append(type);
        for (int bit = 8; bit >= 0; bit--) text.append((entry.mode() >> bit & 1) == 1 ? "rwxrwxrwx".charAt(8 - bit) : '-');
        return text.toString();
    }
}
