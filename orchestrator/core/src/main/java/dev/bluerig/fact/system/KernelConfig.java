package dev.bluerig.fact.system;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.ToolReplies;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// How the running kernel was configured, as far as asked: option without `CONFIG_` -> `y`, `m`, `n` (not set) or its text.
/// `source` is the file that said so.
public record KernelConfig(Map<String, String> options, String source) {
    public KernelConfig {
        options = Collections.unmodifiableMap(new TreeMap<>(options));
    }

    public String value(String option) {
        return Optional.ofNullable(options.get(option)).orElseThrow(() -> new IllegalArgumentException("not asked: CONFIG_" + option));
    }

    /// Where distributions keep it, in one wide question; unknown when there is none. `options` adds to what kernel TLS needs.
    public record Seen(List<String> options) implements Fact.Question<KernelConfig> {
        /// NET is there so that a file without any of the others is not taken for no file.
        private static final List<String> ALWAYS =
            List.of("MLX5_CORE", "MLX5_CORE_EN", "MLX5_EN_TLS", "MLX5_TLS", "NET", "TLS", "TLS_DEVICE");
        private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]+");
        private static final Command RUNNING = Command.of("gzip", "-dc", "/proc/config.gz");

        public Seen {
            options = List.copyOf(with(options));
        }

        private static TreeSet<String> with(Collection<String> options) {
            var all = new TreeSet<>(ALWAYS);
            all.addAll(options);
            for (String option : all)
                if (!NAME.matcher(option).matches()) throw new IllegalArgumentException("not a kernel option: " + option);
            return all;
        }

        @Override
        public Inquiry<KernelConfig> read() {
            return Inquiry.ask(List.of(KernelRelease.COMMAND, RUNNING), replies -> {
                String running = ToolReplies.out(replies.get(1)).orElse("");
                if (isConfig(running)) return Reading.known(parse(running, "/proc/config.gz"));
                return Reading.parsed(KernelRelease.COMMAND, replies.get(0), KernelRelease::parse).then(this::files);
            });
        }

        private Inquiry<KernelConfig> files(KernelRelease kernel) {
            String modules = "/lib/modules/" + kernel.release();
            var files = List.of("/boot/config-" + kernel.release(), modules + "/config", modules + "/build/.config",
                "/usr" + modules + "/config");
            var words = new ArrayList<>(List.of("grep", "-E", "-s", "-H",
                "^(# Linux.* Kernel Configuration|(# )?CONFIG_(" + String.join("|", options) + ")[= ].*)$"));
            words.addAll(files);
            return Inquiry.ask(Command.of(words), reply -> files(files, reply));
        }

        /// grep exits 2 when one of the files is missing, and still prints what it found in the others.
        private Reading<KernelConfig> files(List<String> files, Reply reply) {
            String text = ToolReplies.printed(reply);
            for (String file : files) {
                String prefix = file + ":";
                var lines = text.lines().filter(line -> line.startsWith(prefix)).map(line -> line.substring(prefix.length())).toList();
                if (!lines.isEmpty()) return Reading.known(parse(String.join("\n", lines), file));
            }
            return Reading.unknown("no kernel configuration: neither /proc/config.gz nor " + String.join(", ", files));
        }

        private static boolean isConfig(String text) {
            return text.contains("CONFIG_");
        }

        private KernelConfig parse(String text, String source) {
            var values = new TreeMap<String, String>();
            options.forEach(option -> values.put(option, "n"));
            for (String line : text.lines().toList()) {
                int equals = line.indexOf('=');
                if (!line.startsWith("CONFIG_") || equals < 0) continue;
                values.computeIfPresent(line.substring("CONFIG_".length(), equals),
                    (option, unset) -> unquoted(line.substring(equals + 1).strip()));
            }
            return new KernelConfig(values, source);
        }

        private static String unquoted(String value) {
            return value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"") ? value.substring(1, value.length() - 1) : value;
        }

        @Override
        public boolean lasting() {
            return true;
        }
    }
}
