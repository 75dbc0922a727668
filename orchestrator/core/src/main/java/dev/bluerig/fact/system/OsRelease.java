package dev.bluerig.fact.system;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.remote.Command;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which distribution a machine runs. `like` names its relatives, nearest first; `version` is empty for rolling releases.
public record OsRelease(String id, List<String> like, String version, String name) {
    public OsRelease {
        like = List.copyOf(like);
    }

    /// True for the distribution itself and for those that call it a relative: `is("debian")` on Ubuntu.
    public boolean is(String family) {
        return id.equals(family) || like.contains(family);
    }

    public record Seen() implements Fact.Question<OsRelease> {
        @Override
        public Inquiry<OsRelease> read() {
            return Inquiry.parse(Command.of("cat", "/etc/os-release"), OsRelease::parse);
        }

        @Override
        public boolean lasting() {
            return true;
        }
    }

    /// os-release(5): assignments a shell could read; ID is `linux` when absent.
    static OsRelease parse(String text) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : text.lines().toList()) {
            int equals = line.indexOf('=');
            if (equals > 0 && !line.startsWith("#")) fields.put(line.substring(0, equals), unquoted(line.substring(equals + 1).strip()));
        }
        if (fields.isEmpty()) throw new IllegalArgumentException("no NAME=value line");
        String like = fields.getOrDefault("ID_LIKE", "").strip();
        return new OsRelease(fields.getOrDefault("ID", "linux"), like.isEmpty() ? List.of() : List.of(like.split("\\s+")),
            fields.getOrDefault("VERSION_ID", ""), fields.getOrDefault("PRETTY_NAME", fields.getOrDefault("NAME", "Linux")));
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && (value.charAt(0) == '"' || value.charAt(0) == '\'')
            && value.charAt(value.length() - 1) == value.charAt(0);
        return (quoted ? value.substring(1, value.length() - 1) : value).replaceAll("\\\\([\"'$`\\\\])", "$1");
    }
}
