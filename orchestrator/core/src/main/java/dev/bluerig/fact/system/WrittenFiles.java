package dev.bluerig.fact.system;

import dev.bluerig.fact.Reading;
import dev.bluerig.fact.ToolReplies;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Many small files in one question: `grep -r '' DIRECTORY...` prints every line of every file as `PATH:LINE`.
public final class WrittenFiles {
    private static final Pattern LINE = Pattern.compile("(/[^:]*):(.*)");
    /// An alias file of RHEL has a colon in its own name: ifcfg-eth0:1.
    private static final Pattern ALIAS = Pattern.compile("(/[^:]*/ifcfg-[^:]+:\\d+):(.*)");

    private WrittenFiles() {}

    /// Exit 1 is no line at all, 2 comes with a directory that does not exist; any other complaint means that something was not seen.
    public static Reading<Map<String, String>> read(Command command, Reply reply) {
        if (!(reply instanceof Reply.Ran ran) || ran.status() > 2) return ToolReplies.unknown(command, reply);
        var complaint = ran.err().lines().filter(line -> !line.isBlank() && !line.endsWith("No such file or directory")).findFirst();
        return complaint.isPresent() ? Reading.unknown(command.words().getFirst() + ": " + complaint.get())
            : Reading.known(parse(ran.out()));
    }

    /// Path to content; every line ends with a line feed, also where the file's last one does not.
    static Map<String, String> parse(String text) {
        var files = new LinkedHashMap<String, String>();
        for (String line : text.lines().toList()) {
            Matcher alias = ALIAS.matcher(line);
            Matcher plain = LINE.matcher(line);
            if (alias.matches()) files.merge(alias.group(1), alias.group(2) + "\n", String::concat);
            else if (plain.matches()) files.merge(plain.group(1), plain.group(2) + "\n", String::concat);
        }
        return files;
    }
}
