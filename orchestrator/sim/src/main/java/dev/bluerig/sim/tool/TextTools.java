package dev.bluerig.sim.tool;

import dev.bluerig.sim.machine.FileError;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.zip.GZIPInputStream;

/// Programs that print and filter text.
final class TextTools {
    private TextTools() {}

    static Map<String, Tool> all() {
        return Map.ofEntries(Map.entry("echo", TextTools::echo), Map.entry("printf", Printf::run), Map.entry("cat", TextTools::cat),
            Map.entry("grep", Grep::run), Map.entry("head", TextTools::head), Map.entry("base64", TextTools::base64),
            Map.entry("gzip", TextTools::unzip));
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

    private static int head(ProgramCall call) {
        List<String> arguments = new ArrayList<>(call.arguments());
        if (!arguments.isEmpty() && arguments.getFirst().matches("-\\d+")) arguments.set(0, "-n" + arguments.getFirst().substring(1));
        GetOpt options = GetOpt.of(arguments, "n:c:q", List.of(), true);
        if (options.strange().isPresent()) return call.unknown("option " + options.strange().get());
        if (options.rest().isEmpty() && options.has("c")) {
            try {
                // no byte more than asked
                call.print(ProgramCall.text(call.io().in().readNBytes(Integer.parseInt(options.value("c").orElseThrow()))));
                return 0;
            } catch (java.io.IOException gone) {
                return call.fail(1, "head: error reading 'standard input'");
            }
        }
        return filter(call, options.rest(), text -> {
            if (options.has("c")) {
                int count = Math.min(text.length(), Integer.parseInt(options.value("c").orElseThrow()));
                call.print(text.substring(0, count));
                return 0;
            }
            List<String> lines = text.lines().toList();
            int count = Math.min(lines.size(), Integer.parseInt(options.value("n").orElse("10")));
            lines.subList(0, count).forEach(call::line);
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

    private static int unzip(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "dc", List.of(), true);
        boolean reads = options.has("d") && options.has("c");
        if (options.strange().isPresent() || !reads || options.rest().size() != 1) return call.unknown("only `gzip -dc FILE`");
        String name = options.rest().getFirst();
        try {
            byte[] packed = call.machine().files().read(call.path(name), call.user());
            call.print(ProgramCall.text(new GZIPInputStream(new java.io.ByteArrayInputStream(packed)).readAllBytes()));
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
