package dev.bluerig.bench.parts;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.RunningProgram;
import dev.bluerig.remote.Session;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What one machine of the bench answered to each command of a play, once the job was done; as a session, it answers so again.
///
/// In the file `$ ` stands before a command, two blanks before a line of its output, `! ` before one of its errors, `? ` before its status.
final class Recording implements Session {
    private static final Reply.Ran MISSING = new Reply.Ran(127, "", "sh: 1: not found\n");

    private final Map<String, Reply.Ran> byLine;
    private final Map<Command, Reply.Ran> answers = new HashMap<>();

    private Recording(Map<String, Reply.Ran> byLine) {
        this.byLine = byLine;
    }

    /// `name`: `host` or `dpu`.
    static Recording of(String name) throws IOException {
        try (InputStream in = Recording.class.getResourceAsStream(name + ".txt")) {
            if (in == null) throw new IOException("not in this build: " + name + ".txt");
            return new Recording(read(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        }
    }

    Reply.Ran answer(Command command) {
        return answers.computeIfAbsent(command, asked -> byLine.getOrDefault(asked.line(), MISSING));
    }

    /// Every command that was asked so far.
    List<Command> asked() {
        return List.copyOf(answers.keySet());
    }

    static Map<String, Reply.Ran> read(String text) {
        var answers = new HashMap<String, Reply.Ran>();
        String command = "";
        var out = new StringBuilder();
        var err = new StringBuilder();
        for (String line : text.lines().toList()) {
            String rest = line.substring(2);
            switch (line.charAt(0)) {
                case '$' -> command = rest;
                case ' ' -> out.append(rest).append('\n');
                case '!' -> err.append(rest).append('\n');
                case '?' -> {
                    answers.put(command, new Reply.Ran(Integer.parseInt(rest), out.toString(), err.toString()));
                    out.setLength(0);
                    err.setLength(0);
                }
                default -> throw new IllegalArgumentException(line);
            }
        }
        return answers;
    }

    @Override
    public List<Reply> exchange(Exchange exchange) {
        var replies = new ArrayList<Reply>();
        for (Command question : exchange.questions()) replies.add(answer(question));
        return replies;
    }

    @Override
    public Session fresh() {
        return this;
    }

    @Override
    public void upload(Path file, String target, String mode) {
        throw new UnsupportedOperationException("a recording answers questions alone");
    }

    @Override
    public RunningProgram launch(Command command) {
        throw new UnsupportedOperationException("a recording answers questions alone");
    }

    @Override
    public Traffic traffic() {
        return new Traffic(0, 0, 0, 0);
    }

    @Override
    public void close() {}
}
