package dev.bluerig.sim.tool;

import dev.bluerig.sim.machine.FileError;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Programs that print and filter text.
final class TextTools {
    private TextTools() {}

    static Map<String, Tool> all() {
        return Map.ofEntries(Map.entry("echo", TextTools::echo), Map.entry("printf", Printf::run), Map.entry("cat", TextTools::cat),
            Map.entry("grep", Grep::run), Map.entry("head", call -> ends(call, true)), Map.entry("tail", call -> ends(call, false)),
            Map.entry("wc", TextTools::count), Map.entry("sort", TextTools::sort), Map.entry("base64", TextTools::base64), Map.entry("tr", TextTools::translate),
            Map.entry("zcat", TextTools::unzip), Map.entry("gzip", TextTools::unzip), Map.entry("cut", TextTools::cut));
    }

    private static int echo(ProgramCall call) {
        List<String> words = call.arguments();
        boolean bare = !words.isEmpty() && words.getFirst().equals("-n");
        call.print(String.join(" ", bare ? words.subList(1, words.size()) : words) + (bare ? "" : "\n"));
        return 0;
    }

    private static int cat(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "un", List.of(), true);
        if (options.strange().isPresent()) return call.unknown("option " + options.strange().get());
        if (options.rest().isEmpty()) return copy(call);
        int status = 0;
        for (String name : options.rest()) {
            if (name.equals("-")) {
                copy(call);
                continue;
            }
            try {
                call.print(ProgramCall.text(call.machine().files().read(call.path(name), call.user())));
            } catch (FileError problem) {
                status = call.fail(1, "cat: " + name + ": " + problem.getMessage());
            }
        }
        return status;
    }

    private static int copy(ProgramCall call) {
        try {
            call.io().in().transferTo(call.io().out());
            return 0;
        } catch (java.io.IOException problem) {
            return call.fail(1, "cat: write error: " + problem.getMessage());
        }
    }

    /// All of the named files, or standard input.
    static String input(ProgramCall call, List<String> names) throws FileError {
        if (names.isEmpty()) return ProgramCall.text(call.io().readAll());
        var text = new StringBuilder();
        for (String name : names) {
            if (name.equals("-")) text.append(ProgramCall.text(call.io().readAll()));
            else text.append(ProgramCall.text(call.machine().files().read(call.path(name), call.user())));
        }
        return text.toString();
    }

    private interface Work {
        int on(String text) throws FileError;
    }

    private static int filter(ProgramCall call, List<String> names, Work work) {
        try {
            return work.on(input(call, names));
        } catch (FileError problem) {
            return call.fail(1, call.name() + ": " + String.join(" ", names) + ": " + problem.getMessage());
        }
    }

    private static int ends(ProgramCall call, boolean head) {
        List<String> arguments = new ArrayList<>(call.arguments());
        if (!arguments.isEmpty() && arguments.getFirst().matches("-\\d+")) arguments.set(0, "-n" + arguments.getFirst().substring(1));
        GetOpt options = GetOpt.of(arguments, "n:c:q", List.of(), true);
        if (options.strange().isPresent()) return call.unknown("option " + options.strange().get());
        if (head && options.rest().isEmpty() && options.has("c")) {
            try {
                call.print(ProgramCall.text(call.io().in().readNBytes(Integer.parseInt(options.value("c").orElseThrow()))));   // no byte more than asked
                return 0;
            } catch (java.io.IOException gone) {
                return call.fail(1, "head: error reading 'standard input'");
            }
        }
        return filter(call, options.rest(), text -> {
            if (options.has("c")) {
                int count = Math.min(text.length(), Integer.parseInt(options.value("c").orElseThrow()));
                call.print(head ? text.substring(0, count) : text.substring(text.length() - count));
                return 0;
            }
            List<String> lines = text.lines().toList();
            int count = Math.min(lines.size(), Integer.parseInt(options.value("n").orElse("10")));
            (head ? lines.subList(0, count) : lines.subList(lines.size() - count, lines.size())).forEach(call::line);
            return 0;
        });
    }

    private static int count(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "lcw", List.of(), true);
        if (options.strange().isPresent()) return call.unknown("option " + options.strange().get());
        return filter(call, options.rest(), text -> {
            var parts = new ArrayList<String>();
            boolean all = !options.has("l") && !options.has("w") && !options.has("c");
            if (all || options.has("l")) parts.add(String.valueOf(text.chars().filter(c -> c == '\n').count()));
            if (all || options.has("w")) parts.add(String.valueOf(text.isBlank() ? 0 : text.strip().split("\\s+").length));
            if (all || options.has("c")) parts.add(String.valueOf(text.length()));
            parts.addAll(options.rest());
            call.line(String.join(" ", parts));
            return 0;
        });
    }

    private static int sort(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "ur", List.of(), true);
        if (options.strange().isPresent()) return call.unknown("option " + options.strange().get());
        return filter(call, options.rest(), text -> {
            List<String> lines = new ArrayList<>(options.has("u") ? new TreeSet<>(text.lines().toList()) : text.lines().sorted().toList());
            (options.has("r") ? lines.reversed() : lines).forEach(call::line);
            return 0;
        });
    }

    private static int base64(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "dw:i", List.of("decode", "wrap=", "ignore-garbage"), true);
        if (options.strange().isPresent()) return call.unknown("option " + options.strange().get());
        return filter(call, options.rest(), text -> {
            if (options.has("d") || options.has("decode")) {
                try {
                    call.print(ProgramCall.text(Base64.getDecoder().decode(text.replaceAll("\\s", ""))));
                    return 0;
                } catch (IllegalArgumentException notBase64) {
                    return call.fail(1, "base64: invalid input");
                }
            }
            int wrap = Integer.parseInt(options.value("w").or(() -> options.value("wrap")).orElse("76"));
            String encoded = Base64.getEncoder().encodeToString(ProgramCall.bytes(text));
            call.print(wrap == 0 ? encoded : encoded.isEmpty() ? "" : encoded.replaceAll("(.{" + wrap + "})(?=.)", "$1\n") + "\n");
            return 0;
        });
    }

    private static int translate(ProgramCall call) {
        List<String> arguments = call.arguments();
        if (arguments.size() == 2 && arguments.getFirst().equals("-d")) {
            String dropped = unescape(arguments.get(1));
            return filter(call, List.of(), text -> {
                var kept = new StringBuilder();
                for (char c : text.toCharArray()) if (dropped.indexOf(c) < 0) kept.append(c);
                call.print(kept.toString());
                return 0;
            });
        }
        if (arguments.size() == 2 && unescape(arguments.get(0)).length() == 1 && unescape(arguments.get(1)).length() == 1) {
            return filter(call, List.of(), text -> {
                call.print(text.replace(unescape(arguments.get(0)), unescape(arguments.get(1))));
                return 0;
            });
        }
        return call.unknown("only single characters and -d");
    }

    private static String unescape(String text) {
        return text.replace("\\n", "\n").replace("\\t", "\t").replace("\\0", "\0");
    }

    private static int cut(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "d:f:", List.of(), true);
        if (options.strange().isPresent() || !options.value("f").orElse("").matches("\\d+")) return call.unknown("only -d C -f N");
        int field = Integer.parseInt(options.value("f").orElseThrow());
        return filter(call, options.rest(), text -> {
            text.lines().forEach(line -> {
                String[] fields = line.split(Pattern.quote(options.value("d").orElse("\t")), -1);
                call.line(fields.length == 1 ? line : field <= fields.length ? fields[field - 1] : "");
            });
            return 0;
        });
    }

    private static int unzip(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "dc", List.of(), true);
        boolean reads = call.name().equals("zcat") || options.has("d") && options.has("c");
        if (options.strange().isPresent() || !reads || options.rest().size() != 1) return call.unknown("only `zcat FILE`, `gzip -dc FILE`");
        String name = options.rest().getFirst();
        try {
            byte[] packed = call.machine().files().read(call.path(name), call.user());
            call.print(ProgramCall.text(new java.util.zip.GZIPInputStream(new java.io.ByteArrayInputStream(packed)).readAllBytes()));
            return 0;
        } catch (FileError problem) {
            return call.fail(1, "gzip: " + name + ": " + problem.getMessage());
        } catch (java.io.IOException notPacked) {
            return call.fail(1, "\ngzip: " + name + ": not in gzip format");
        }
    }

    /// A POSIX pattern as Java's: `[[:space:]]` and the like are rewritten, the rest of what people write is the same.
    static Pattern pattern(String written, boolean extended, boolean fixed, boolean ignoreCase) {
        int flags = ignoreCase ? Pattern.CASE_INSENSITIVE : 0;
        if (fixed) return Pattern.compile(Pattern.quote(written), flags);
        String regex = written.replace("[[:space:]]", "\\s").replace("[[:digit:]]", "\\d").replace("[[:alnum:]]", "\\w");
        if (!extended) regex = regex.replaceAll("(?<!\\\\)([|+?(){}])", "\\\\$1").replace("\\\\|", "|");
        try {
            return Pattern.compile(regex, flags);
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException("Invalid regular expression", wrong);
        }
    }
}
