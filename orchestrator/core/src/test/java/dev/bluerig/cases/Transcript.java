package dev.bluerig.cases;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a machine was seen to answer, written as a person would paste it:
///
/// ```
/// # Debian 12, iproute2 6.1.0          comments, before the first command only
/// - mst flint                          programs that the machine does not have (exit 127)
/// $ uname -r                           a command as `Command.line()` prints it
/// 6.1.0-28-amd64                       its stdout
/// ! something on stderr
/// ? 1                                  its exit status, when not 0
/// ```
/// The same command may stand there several times: its answers come in that order, and the last one stays.
public final class Transcript {
    private final Map<String, Deque<Reply>> answers = new LinkedHashMap<>();
    private final Set<String> absent = new LinkedHashSet<>();
    private final String name;

    private Transcript(String name) {
        this.name = name;
    }

    public static Transcript of(String name, String text) {
        var transcript = new Transcript(name);
        var open = new Open(transcript);
        for (String line : text.split("\n", -1)) open.line(line);
        open.end();
        return transcript;
    }

    /// Fails the test on a command that the transcript does not hold.
    public Reply reply(Command command) {
        if (absent.contains(command.words().getFirst()))
            return new Reply.Ran(127, "", "sh: 1: " + command.words().getFirst() + ": not found\n");
        var queue = answers.get(command.line());
        if (queue == null) throw new AssertionError(name + ": the machine was not told about\n$ " + command.line() + "\nit knows\n$ "
            + String.join("\n$ ", answers.keySet()));
        return queue.size() > 1 ? queue.pop() : queue.peek();
    }

    /// The first answer to a command, which stays the next one.
    Reply first(String line) {
        return answers.get(line).peek();
    }

    public List<String> commands() {
        return List.copyOf(answers.keySet());
    }

    /// The command that is being read.
    private static final class Open {
        private final Transcript transcript;
        private String command = "";
        private StringBuilder out = new StringBuilder();
        private StringBuilder err = new StringBuilder();
        private int status;

        Open(Transcript transcript) {
            this.transcript = transcript;
        }

        void line(String line) {
            if (line.startsWith("$ ")) {
                end();
                command = line.substring(2);
            } else if (command.isEmpty()) {
                head(line);
            } else if (line.startsWith("! ")) {
                err.append(line, 2, line.length()).append('\n');
            } else if (line.matches("\\? \\d+")) {
                status = Integer.parseInt(line.substring(2));
            } else {
                out.append(line).append('\n');
            }
        }

        private void head(String line) {
            if (line.startsWith("- ")) transcript.absent.addAll(List.of(line.substring(2).split(" ")));
            else if (!line.isBlank() && !line.startsWith("#"))
                throw new AssertionError(transcript.name + ": before the first command: " + line);
        }

        void end() {
            if (!command.isEmpty()) {
                String said = out.toString().stripTrailing();
                transcript.answers.computeIfAbsent(command, any -> new ArrayDeque<>())
                    .add(new Reply.Ran(status, said.isEmpty() ? "" : said + "\n", err.toString()));
            }
            command = "";
            out = new StringBuilder();
            err = new StringBuilder();
            status = 0;
        }
    }
}
