package dev.bluerig.sim.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// A program is modelled because bluerig starts it, or for a reason that stands here.
class NeededProgramsTest {
    private static final Map<String, String> REASONS = Map.ofEntries(
        Map.entry("echo", "the resident shell: its markers"),
        Map.entry("printf", "the resident shell: stdin of a command"),
        Map.entry("head", "the resident shell: large stdin of a command"),
        Map.entry("sudo", "a session: root's rights"),
        Map.entry("pwd", "enrolment: where `.ssh` is"),
        Map.entry("dmesg", "a trial: the kernel's log before and after"),
        Map.entry("cp", "a trial: whether the cache lets programs run"),
        Map.entry("sha256sum", "a trial: the agent that arrived is the one that was sent"),
        Map.entry("rmdir", "a trial: the agent cache goes with `--purge`"),
        Map.entry("tcpdump", "a trial: the capture on an uplink"),
        Map.entry("kill", "a fault: whoever breaks a run"),
        Map.entry("ls", "the README: whoever logs in looks around"),
        Map.entry("false", "tests of the shell: a command that fails"),
        Map.entry("sleep", "tests of the shell: a command that takes its time"));

    private static final Pattern CODE = Pattern.compile("`+([^`]+)`+");
    private static final Pattern BETWEEN = Pattern.compile("[\\s|;(){}'\"]+");

    @Test
    void every_modelled_program_is_in_the_table_of_commands_or_has_a_reason() throws IOException {
        Set<String> words = CODE.matcher(Files.readString(Path.of("../docs/commands.md"))).results()
            .flatMap(code -> BETWEEN.splitAsStream(code.group(1))).collect(Collectors.toSet());
        var others = new TreeSet<>(Tools.names());
        others.removeIf(words::contains);
        assertEquals(new TreeSet<>(REASONS.keySet()), others);
    }
}
