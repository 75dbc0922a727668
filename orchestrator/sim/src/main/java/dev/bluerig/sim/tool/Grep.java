package dev.bluerig.sim.tool;

import dev.bluerig.sim.machine.FileEntry;
import dev.bluerig.sim.machine.FileError;
import dev.bluerig.sim.machine.FileTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// `grep`, with the options people use: exit 0 found, 1 nothing found, 2 trouble (found counts more only with -q).
final class Grep {
    private final ProgramCall call;
    private final GetOpt options;
    private final Pattern pattern;
    private boolean found;
    private boolean trouble;

    private Grep(ProgramCall call, GetOpt options, Pattern pattern) {
        this.call = call;
        this.options = options;
        this.pattern = pattern;
    }

    static int run(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "EFGivqclnorRIHhsxe:w",
            List.of("include=", "exclude=", "exclude-dir=", "color=", "quiet"), true);
        if (options.strange().isPresent()) return call.unknown("option " + options.strange().get());
        List<String> rest = new ArrayList<>(options.rest());
        if (!options.has("e") && rest.isEmpty()) return call.fail(2, "Usage: grep [OPTION]... PATTERNS [FILE]...");
        String written = options.has("e") ? options.value("e").orElseThrow() : rest.removeFirst();
        if (options.has("x")) written = "^(" + written + ")$";
        if (options.has("w")) written = "\\b(" + written + ")\\b";
        boolean extended = options.has("E") || options.has("x") || options.has("w");
        try {
            return new Grep(call, options, TextTools.pattern(written, extended, options.has("F"), options.has("i"))).search(rest);
        } catch (IllegalArgumentException wrong) {
            return call.fail(2, "grep: " + wrong.getMessage());
        }
    }

    private int search(List<String> names) {
        boolean recursive = options.has("r") || options.has("R");
        boolean named = options.has("H") || !options.has("h") && (recursive || names.size() > 1);
        if (names.isEmpty()) lines("(standard input)", ProgramCall.text(call.io().readAll()), named);
        for (String name : names) {
            Optional<FileEntry> entry = call.machine().files().find(call.path(name));
            if (entry.filter(FileEntry::isDirectory).isEmpty()) file(name, named, true);
            else if (recursive) descend(name, named);
            else complain(name, "Is a directory");
        }
        if (trouble && !(found && options.has("q"))) return 2;
        return found ? 0 : 1;
    }

    private void descend(String directory, boolean named) {
        FileTree files = call.machine().files();
        try {
            for (String name : files.list(call.path(directory))) {
                String below = directory.endsWith("/") ? directory + name : directory + "/" + name;
                boolean link = files.find(call.path(below), false).filter(entry -> entry.kind() == FileEntry.Kind.LINK).isPresent();
                if (link && !options.has("R")) continue;
                Optional<FileEntry> entry = files.find(call.path(below));
                if (entry.isEmpty()) complain(below, FileError.MISSING);
                else if (entry.get().isDirectory() && !excluded("exclude-dir", name)) descend(below, named);
                else if (entry.get().isDirectory()) continue;
                else if (included(name)) file(below, named, false);
            }
        } catch (FileError problem) {
            complain(directory, problem.getMessage());
        }
    }

    private boolean included(String name) {
        return options.value("include").map(glob -> name.matches(regex(glob))).orElse(true) && !excluded("exclude", name);
    }

    /// An option may be given several times.
    private boolean excluded(String option, String name) {
        return call.arguments().stream().filter(word -> word.startsWith("--" + option + "="))
            .anyMatch(word -> name.matches(regex(word.substring(option.length() + 3))));
    }

    private static String regex(String glob) {
        return glob.replace(".", "\\.").replace("*", ".*");
    }

    private void file(String name, boolean named, boolean wanted) {
        try {
            lines(name, ProgramCall.text(call.machine().files().read(call.path(name), call.user())), named);
        } catch (FileError problem) {
            if (wanted || !problem.getMessage().equals(FileError.IS_DIRECTORY)) complain(name, problem.getMessage());
        }
    }

    private void complain(String name, String problem) {
        trouble = true;
        if (!options.has("s")) call.io().complain("grep: " + name + ": " + problem);
    }

    private void lines(String name, String text, boolean named) {
        if (options.has("I") && text.indexOf(0) >= 0) return;
        int count = 0;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            var matcher = pattern.matcher(line);
            if (matcher.find() == options.has("v")) continue;
            found = true;
            count++;
            if (options.has("q") || options.has("quiet") || options.has("c") || options.has("l")) continue;
            call.line((named ? name + ":" : "") + (options.has("n") ? number + ":" : "") + (options.has("o") ? matcher.group() : line));
        }
        if (options.has("c")) call.line((named ? name + ":" : "") + count);
        if (options.has("l") && count > 0) call.line(name);
    }
}
