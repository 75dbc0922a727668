package dev.bluerig.bench.parts;

import dev.bluerig.remote.Reply;
import dev.bluerig.remote.shell.Transport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A wire whose far end is a shell that answers each command of an exchange in its turn, at once, in the framing of `Framing`.
final class RecordedTransport implements Transport {
    private static final Pattern HALF = Pattern.compile("echo \"\036([0-9a-f]{16})");
    private static final Pattern GREETING = Pattern.compile("__f ([0-9a-f]{16}) \"");
    private static final Pattern COMMAND = Pattern.compile("__m ([0-9a-f]{16})\n");

    private final List<Reply.Ran> answers;
    private String half = "";

    RecordedTransport(List<Reply.Ran> answers) {
        this.answers = List.copyOf(answers);
    }

    @Override
    public String name() {
        return "recording";
    }

    @Override
    public Running start(String request, Listener listener, Duration limit) {
        listener.out(bytes(request.substring("echo ".length(), request.indexOf(';')) + "\n"), 0, request.indexOf(';') - 4);
        return new Running() {
            @Override
            public void write(byte[] script, Duration within) {
                answer(new String(script, StandardCharsets.UTF_8), listener);
            }

            @Override
            public void finish() {}

            @Override
            public void close() {
                listener.ended(0);
            }
        };
    }

    private void answer(String script, Listener listener) {
        Matcher greeting = GREETING.matcher(script);
        Matcher known = HALF.matcher(script);
        if (known.find()) half = known.group(1);
        if (greeting.find()) say("", "", greeting.group(1) + " 812 0", listener);
        Matcher command = COMMAND.matcher(script);
        for (int i = 0; command.find(); i++) {
            Reply.Ran answer = answers.get(i % answers.size());
            say(answer.out(), answer.err(), command.group(1) + " " + answer.status(), listener);
        }
    }

    private void say(String out, String err, String label, Listener listener) {
        byte[] first = bytes(out + "\036" + half + label + "\n");
        byte[] second = bytes(err + "\036" + half + label + "\n");
        listener.out(first, 0, first.length);
        listener.err(second, 0, second.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void upload(Path file, String target, String mode, Duration limit) {
        throw new UnsupportedOperationException("a recording answers questions alone");
    }

    @Override
    public Transport again() {
        return this;
    }

    @Override
    public boolean alive() {
        return true;
    }

    @Override
    public void close() {}
}
