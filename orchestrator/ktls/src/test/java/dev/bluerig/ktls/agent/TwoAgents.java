package dev.bluerig.ktls.agent;

import dev.bluerig.ktls.linux.LinuxAffinity;
import dev.bluerig.ktls.linux.LinuxMeter;
import dev.bluerig.ktls.linux.LinuxNetwork;
import dev.bluerig.protocol.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/// Server and client on one machine, driven through a day.
final class TwoAgents implements AutoCloseable {
    private final AgentTalk server;
    private final AgentTalk client;
    private final Path directory;

    TwoAgents(AgentTalk server, AgentTalk client, Path directory) {
        this.server = server;
        this.client = client;
        this.directory = directory;
    }

    static TwoAgents inProcess(Path directory) throws Exception {
        return new TwoAgents(AgentTalk.inProcess(host()), AgentTalk.inProcess(host()), directory);
    }

    static AgentHost host() {
        return new LocalHost(new LinuxNetwork(), new LinuxMeter(), new LinuxAffinity(), System.err);
    }

    AgentTalk server() {
        return server;
    }

    AgentTalk client() {
        return client;
    }

    Path serverDirectory() {
        return directory.resolve("server");
    }

    Path clientDirectory() {
        return directory.resolve("client");
    }

    /// Up to both being `ready`, and the server admitting.
    TwoAgents ready(UnaryOperator<JsonValue.Fields> change) throws Exception {
        return ready(change, change);
    }

    TwoAgents ready(UnaryOperator<JsonValue.Fields> serverWish, UnaryOperator<JsonValue.Fields> clientWish) throws Exception {
        Files.createDirectories(serverDirectory());
        Files.createDirectories(clientDirectory());
        server.await("hello");
        client.await("hello");
        JsonValue.Fields listening = server.say(serverWish.apply(SampleSettings.server(serverDirectory().toString()))).await("ready");
        JsonValue.Fields ready =
            client.say(
            clientWish.apply(SampleSettings.client(clientDirectory().toString(), AgentTalk.whole(listening, "port"),
            AgentTalk.text(listening, "fingerprint")))).await("ready");
        server.say(JsonValue.fields().with("command", "peer").with("pin", AgentTalk.text(ready, "fingerprint"))
            .with("address", "127.0.0.1")).await("admitting");
        return this;
    }

    TwoAgents go() throws Exception {
        client.say("{\"command\":\"go\"}");
        return this;
    }

    TwoAgents exchanged() throws Exception {
        client.await("exchanged");
        server.await("exchanged");
        return this;
    }

    /// `result` of both.
    record Results(JsonValue.Fields server, JsonValue.Fields client) {}

    Results finished() throws Exception {
        server.say("{\"command\":\"close\"}");
        client.say("{\"command\":\"close\"}");
        return new Results(server.await("result"), client.await("result"));
    }

    @Override
    public void close() throws IOException {
        server.close();
        client.close();
    }
}
