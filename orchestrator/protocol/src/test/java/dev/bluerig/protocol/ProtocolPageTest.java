package dev.bluerig.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What docs/pair-protocol.md lists is what there is.
final class ProtocolPageTest {
    private static final Path PAGE = Path.of("..", "docs", "pair-protocol.md");
    private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");

    /// The names in the first column of the table with this head.
    private static Set<String> listed(String head) throws IOException {
        List<String> lines = Files.readAllLines(PAGE);
        return lines.stream().skip(lines.indexOf(head) + 2).takeWhile(line -> line.startsWith("|"))
            .flatMap(line -> NAME.matcher(line.split("\\|")[1]).results()).map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(Class<?> family, String... without) {
        return Arrays.stream(family.getPermittedSubclasses()).map(kind -> kind.getSimpleName().toLowerCase(Locale.ROOT))
            .filter(name -> Stream.of(without).noneMatch(name::equals)).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void every_field_of_the_settings_is_listed() throws Exception {
        assertEquals(new TreeSet<>(SampleAgentSettings.fields(SampleAgentSettings.server()).fields().keySet()),
            listed("| field | meaning |"));
    }

    @Test
    void every_field_of_a_lease_is_listed() throws Exception {
        var lease = (JsonValue.Fields) JsonReader.read(new Lease(1, Instant.EPOCH, List.of()).text().strip());
        assertEquals(new TreeSet<>(lease.fields().keySet()), listed("| field of a lease | meaning |"));
    }

    @Test
    void every_event_is_listed_and_has_its_line_in_a_test() throws Exception {
        assertEquals(names(AgentEvent.class, "unknownevent"), listed("| event | fields |"));
        assertEquals(names(AgentEvent.class, "unknownevent"),
            AgentEventTest.lines().keySet().stream().map(event -> event.getClass().getSimpleName().toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void every_command_is_listed() throws Exception {
        String page = Files.readString(PAGE);
        assertEquals(names(AgentCommand.class),
            Pattern.compile("\\{\"command\":\"([a-z]+)\"").matcher(page).results().map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new)));
    }
}
