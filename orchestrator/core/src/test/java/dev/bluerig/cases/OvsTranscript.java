package dev.bluerig.cases;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What a real Open vSwitch answers, command by command from an empty database: the real one and every model of it are held to it.
///
/// What differs from run to run is made equal before comparing: uuids read `UUID`, addresses of ports `MAC`, rows of a JSON table and
/// blocks of `show` are sorted. The head line `# links: a b c` names the netdevs that exist.
public record OvsTranscript(List<String> links, List<Step> steps) {
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern ADDRESS = Pattern.compile("addr:[0-9a-f]{2}(:[0-9a-f]{2}){5}");

    /// One command and what it must answer.
    public record Step(String line, int status, String out, String err) {
        public Command command() {
            return CommandWords.command(line);
        }
    }

    public OvsTranscript {
        links = List.copyOf(links);
        steps = List.copyOf(steps);
    }

    public static OvsTranscript read() {
        try (var text = OvsTranscript.class.getClassLoader().getResourceAsStream("dev/bluerig/fact/ovs/ovs-transcript.txt")) {
            if (text == null) throw new AssertionError("no transcript");
            return parse(new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static OvsTranscript parse(String text) {
        var links = new ArrayList<String>();
        var steps = new ArrayList<Step>();
        for (String part : text.split("(?m)^\\$ ")) {
            if (steps.isEmpty() && part.startsWith("#")) {
                part.lines().filter(line -> line.startsWith("# links: "))
                    .forEach(line -> links.addAll(List.of(line.substring(9).split(" "))));
                continue;
            }
            steps.add(step(part.lines().toList()));
        }
        return new OvsTranscript(links, steps);
    }

    private static Step step(List<String> lines) {
        var out = new StringBuilder();
        var err = new StringBuilder();
        int status = 0;
        for (String line : lines.subList(1, lines.size())) {
            if (line.startsWith("# ")) continue;
            if (line.startsWith("! ")) err.append(line, 2, line.length()).append('\n');
            else if (line.matches("\\? \\d+")) status = Integer.parseInt(line.substring(2));
            else out.append(line).append('\n');
        }
        return new Step(lines.getFirst(), status, out.toString(), err.toString());
    }

    /// Everything in which this switch answers otherwise than the transcript says; empty is right.
    public List<String> differences(Function<Command, Reply> ovs) {
        var differences = new ArrayList<String>();
        for (Step step : steps) {
            String wanted = written(step.line(), new Reply.Ran(step.status(), step.out(), step.err()));
            String found = written(step.line(), ovs.apply(step.command()));
            if (!wanted.equals(found)) differences.add("wanted:\n" + wanted + "found:\n" + found);
        }
        return differences;
    }

    /// The step as it stands in the file, made equal.
    public static String written(String line, Reply reply) {
        if (!(reply instanceof Reply.Ran ran)) return "$ " + line + "\n" + reply + "\n";
        var text = new StringBuilder("$ " + line + "\n");
        text.append(level(line, ran.out()));
        ran.err().lines().forEach(said -> text.append("! ").append(said).append('\n'));
        if (ran.status() != 0) text.append("? ").append(ran.status()).append('\n');
        return text.toString();
    }

    private static String level(String line, String out) {
        String masked = ADDRESS.matcher(UUID.matcher(out).replaceAll("UUID")).replaceAll("addr:MAC");
        if (line.endsWith(" show")) return blocks(masked.lines().toList());
        return masked.lines().map(OvsTranscript::rows).map(said -> said + "\n").collect(Collectors.joining());
    }

    /// `{"data":[ROW,ROW],"headings":[...]}` with its rows sorted.
    private static String rows(String json) {
        String start = "{\"data\":[";
        if (!json.startsWith(start)) return json;
        var rows = new ArrayList<String>();
        int depth = 0;
        boolean quoted = false;
        int from = start.length();
        for (int i = from; i < json.length(); i++) {
            char c = json.charAt(i);
            if (quoted && c == '\\') i++;
            else if (c == '"') quoted = !quoted;
            else if (!quoted && c == '[') depth++;
            else if (!quoted && c == ']' && --depth < 0) {
                if (i > from) rows.add(json.substring(from, i));
                rows.sort(null);
                return start + String.join(",", rows) + json.substring(i);
            } else if (!quoted && c == ',' && depth == 0) {
                rows.add(json.substring(from, i));
                from = i + 1;
            }
        }
        throw new AssertionError("not a table: " + json);
    }

    /// Lines with the deeper lines that follow them, sorted on every level.
    private static String blocks(List<String> lines) {
        var blocks = new ArrayList<String>();
        int i = 0;
        while (i < lines.size()) {
            int end = i + 1;
            while (end < lines.size() && indent(lines.get(end)) > indent(lines.get(i))) end++;
            blocks.add(lines.get(i) + "\n" + blocks(lines.subList(i + 1, end)));
            i = end;
        }
        return blocks.stream().sorted().collect(Collectors.joining());
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }
}
