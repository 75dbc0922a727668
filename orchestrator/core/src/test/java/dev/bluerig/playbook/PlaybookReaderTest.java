package dev.bluerig.playbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.source.InvalidInput;
import dev.bluerig.task.TaskCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaybookReaderTest {
    private static final TaskNames NAMES = TaskNames.of(TaskCatalogue.all());

    @TempDir
    private Path project;

    @BeforeEach
    void directories() throws IOException {
        Files.createDirectories(project.resolve("playbooks"));
        Files.createDirectories(project.resolve("templates"));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(project.resolve(name), text);
    }

    private Playbook read(String text) throws IOException {
        return PlaybookReader.read(write("playbooks/p.yaml", text), NAMES, project);
    }

    private List<String> problems(String text) throws IOException {
        Path file = write("playbooks/p.yaml", text);
        return assertThrows(InvalidInput.class, () -> PlaybookReader.read(file, NAMES, project)).problems().stream()
            .map(problem -> problem.toString().replace(project + "/playbooks/", "")).toList();
    }

    @Test
    void what_is_refused_is_armed_for_the_usual_time_or_a_bounded_one() throws IOException {
        String play = "- play: a\n  machines: hosts\n  arm: %s\n  tasks:\n    - interface: {name: eth0, up: true}\n";
        assertEquals(Optional.of(120), read(play.formatted("true")).plays().getFirst().arm());
        assertEquals(Optional.empty(), read(play.formatted("false")).plays().getFirst().arm());
        for (String wrong : List.of("5", "4000", "soon", "\"90\"", "[90]"))
            assertEquals(List.of("p.yaml:3:8: `arm` is true, false, or seconds from 40 to 3600"), problems(play.formatted(wrong)));
    }

    @Test
    void plays_keep_their_order_and_includes_stand_in_their_place() throws IOException {
        write("playbooks/inner.yaml", """
            - play: inner
              machines: [dpus, "dpu-[1:3]"]
              vars: {mtu: 9000, name: "007"}
              arm: 90
              tasks:
                - interface: {name: p0, up: true}
            """);
        var playbook = read("""
            - play: first
              machines: hosts
              tasks:
                - interface: {name: eth0, mtu: "{{ mtu }}", up: true}
            - include: inner.yaml
            """);
        assertEquals(List.of("first", "inner"), playbook.plays().stream().map(Play::name).toList());
        assertEquals(List.of(Optional.empty(), Optional.of(90)), playbook.plays().stream().map(Play::arm).toList());
        assertEquals("dpus,dpu-[1:3]", playbook.plays().get(1).machines().text());
        assertEquals("{mtu=9000, name=007}", playbook.plays().get(1).vars().toString());
        assertEquals("interface", playbook.plays().getFirst().tasks().getFirst().task());
    }

    @Test
    void every_problem_of_every_file_is_said_with_its_place_and_the_nearest_name() throws IOException {
        write("playbooks/inner.yaml", """
            - play: inner
              machines: hosts
              tasks:
                - interfaces: {name: p0}
            """);
        var problems = problems("""
            - play: first
              machine: hosts
              tasks:
                - interface: {name: p0, up: true, mtuu: 9000}
                - offload: {name: p0, tls_tx: maybe}
            - include: inner.yaml
            - plya: third
            - trial: proof
            """);
        assertEquals(List.of("p.yaml:2:3", "p.yaml:1:3", "p.yaml:4:39", "p.yaml:5:35", "inner.yaml:4:7", "p.yaml:7:3", "p.yaml:8:3"),
            problems.stream().map(problem -> problem.substring(0, problem.indexOf(": "))).toList(), problems.toString());
        assertTrue(problems.getFirst().endsWith("a play has no `machine`; did you mean `machines`?"), problems.getFirst());
        assertTrue(problems.get(2).contains("`mtu`"), problems.get(2));
        assertTrue(problems.get(4).contains("did you mean `interface`?"), problems.get(4));
        assertTrue(problems.get(5).contains("did you mean `play`?"), problems.get(5));
        assertTrue(problems.get(6).contains("field `load` is missing"), problems.get(6));
    }

    @Test
    void includes_that_double_or_never_end_are_bounded() throws IOException {
        for (int i = 0; i < 30; i++)
            write("playbooks/twice" + i + ".yaml", ("- include: twice" + (i + 1) + ".yaml\n").repeat(i < 12 ? 2 : 1));
        write("playbooks/twice30.yaml", "- play: p\n  machines: all\n  tasks: []\n");
        assertTrue(problems("- include: twice11.yaml\n").stream()
            .anyMatch(problem -> problem.contains("more than 20 playbooks include each other")));
        write("playbooks/twice12.yaml", "- play: p\n  machines: all\n  tasks: []\n");
        assertTrue(problems("- include: twice0.yaml\n").stream().anyMatch(problem -> problem.contains("more than 1000 includes")));
    }

    @Test
    void a_circle_of_includes_is_found() throws IOException {
        write("playbooks/inner.yaml", "- include: p.yaml\n");
        assertTrue(problems("- include: inner.yaml\n").getFirst().startsWith("inner.yaml:1:12: this includes itself"));
    }

    @Test
    void a_missing_include_or_template_is_said_where_it_is_named() throws IOException {
        var problems = problems("""
            - include: gone.yaml
            - play: p
              machines: hosts
              tasks:
                - interface: {from: gone.yaml.j2}
                - interface: {from: ../../etc/passwd.yaml.j2}
                - interface: {from: motd.j2}
                - interface: {from: x.yaml.j2, name: p0}
            """);
        assertEquals(5, problems.size(), problems.toString());
        assertTrue(problems.get(0).startsWith("p.yaml:1:12: cannot read the playbook"), problems.get(0));
        assertTrue(problems.get(1).startsWith("p.yaml:5:25: no template gone.yaml.j2; looked in"), problems.get(1));
        assertTrue(problems.get(2).contains("a template is a file name below templates/"), problems.get(2));
        assertTrue(problems.get(3).contains("the content of a `file`"), problems.get(3));
        assertTrue(problems.get(4).contains("`name` beside `from`"), problems.get(4));
    }

    @Test
    void templates_are_found_beside_the_playbooks() throws IOException {
        write("templates/links.yaml.j2", "- {name: p0, up: true}\n");
        var entry = read("- {play: p, machines: dpus, tasks: [{interface: {from: links.yaml.j2}}]}\n").plays().getFirst().tasks()
            .getFirst();
        assertEquals("- {name: p0, up: true}\n", entry.from().orElseThrow().text());
    }

    @Test
    void an_empty_playbook_is_refused() throws IOException {
        assertTrue(problems("").getFirst().contains("a playbook is a list"));
        assertTrue(problems("[]\n").getFirst().contains("without a play"));
    }
}
