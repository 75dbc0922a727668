package dev.bluerig.ktls.agent;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.bluerig.protocol.JsonReader;
import dev.bluerig.protocol.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A program of the pair, as the one who started it sees it.
final class AgentTalk implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final OutputStream to;
    private final CompletableFuture<Integer> code;
    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final List<JsonValue.Fields> events = new ArrayList<>();

    private AgentTalk(OutputStream to, InputStream from, CompletableFuture<Integer> code) {
        this.to = to;
        this.code = code;
        Thread.ofPlatform().daemon().start(() -> {
            try (var lines = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) heard.add(line);
            } catch (IOException gone) {
                // as good as its end
            }
            heard.add("");
        });
    }

    static AgentTalk inProcess(AgentHost host) throws IOException {
        Pipe in = Pipe.open();
        Pipe out = Pipe.open();
        var code = new CompletableFuture<Integer>();
        Thread.ofPlatform().daemon().start(() -> {
            try (var said = Channels.newOutputStream(out.sink())) {
                code.complete(Agent.run(Channels.newInputStream(in.source()), said, host));
            } catch (IOException | RuntimeException bug) {
                code.completeExceptionally(bug);
            }
        });
        return new AgentTalk(Channels.newOutputStream(in.sink()), Channels.newInputStream(out.source()), code);
    }

    static AgentTalk process(Process process) {
        return new AgentTalk(process.getOutputStream(), process.getInputStream(), process.onExit().thenApply(Process::exitValue));
    }

    AgentTalk say(String line) throws IOException {
        to.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        to.flush();
        return this;
    }

    AgentTalk say(JsonValue line) throws IOException {
        return say(line.toString());
    }

    /// Ends the program's stdin.
    void hangUp() throws IOException {
        to.close();
    }

    /// The next event of this name; others before it are kept in `events`, but `failed` is a failure when nobody waits for it.
    JsonValue.Fields await(String event) throws Exception {
        while (true) {
            JsonValue.Fields next = next();
            if (name(next).equals(event)) return next;
            if (name(next).equals("failed")) fail("wanted " + event + ", found " + next);
        }
    }

    /// The next event.
    JsonValue.Fields next() throws Exception {
        String line = heard.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
        assertTrue(line != null, () -> "nothing came after " + events);
        assertTrue(!line.isEmpty(), () -> "the agent ended after " + events);
        JsonValue.Fields event = (JsonValue.Fields) JsonReader.read(line);
        events.add(event);
        return event;
    }

    List<JsonValue.Fields> events() {
        return events;
    }

    List<String> names() {
        return events.stream().map(AgentTalk::name).toList();
    }

    private static String name(JsonValue.Fields event) {
        return text(event, "event");
    }

    int code() throws Exception {
        return code.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    static String text(JsonValue.Fields object, String field) {
        return object.fields().get(field) instanceof JsonValue.Text(String text) ? text : fail("no text `" + field + "` in " + object);
    }

    static long whole(JsonValue.Fields object, String field) {
        return object.fields().get(field) instanceof JsonValue.Whole(long number) ? number : fail("no whole `" + field + "` in " + object);
    }

    static JsonValue.Fields fields(JsonValue.Fields object, String field) {
        return object.fields().get(field) instanceof JsonValue.Fields inner ? inner : fail("no object `" + field + "` in " + object);
    }

    static List<JsonValue> items(JsonValue.Fields object, String field) {
        return object.fields().get(field) instanceof JsonValue.Items(List<JsonValue> items) ? items
            : fail("no list `" + field + "` in " + object);
    }

    @Override
    public void close() throws IOException {
        to.close();
        try {
            code();
        } catch (Exception notEnded) {
            throw new IllegalStateException("the program does not end", notEnded);
        }
    }
}
