package dev.bluerig.ktls.program;

import dev.bluerig.ktls.linux.LinuxAffinity;
import dev.bluerig.ktls.linux.LinuxMeter;
import dev.bluerig.ktls.linux.LinuxNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/// Server and client on one machine, driven through a day.
final class Duo implements AutoCloseable {
    private final Talk server;
    private final Talk client;
    private final Path directory;

    Duo(Talk server, Talk client, Path directory) {
        this.server = server;
        this.client = client;
        this.directory = directory;
    }

    static Duo inProcess(Path directory) throws Exception {
        return new Duo(Talk.inProcess(host()), Talk.inProcess(host()), directory);
    }

    static Host host() {
        return new LocalHost(new LinuxNetwork(), new LinuxMeter(), new LinuxAffinity(), System.err);
    }

    Talk server() {
        return server;
    }

    Talk client() {
        return client;
    }

    Path serverDirectory() {
        return directory.resolve("server");
    }

    Path clientDirectory() {
        return directory.resolve("client");
    }

    /// Up to both being `ready`, and the server admitting.
    Duo ready(UnaryOperator<Json.Fields> wish) throws Exception {
        return ready(wish, wish);
    }

    Duo ready(UnaryOperator<Json.Fields> serverWish, UnaryOperator<Json.Fields> clientWish) throws Exception {
        Files.createDirectories(serverDirectory());
        Files.createDirectories(clientDirectory());
        server.await("hello");
        client.await("hello");
        Json.Fields listening = server.say(serverWish.apply(Wishes.server(serverDirectory().toString()))).await("ready");
        Json.Fields ready = client.say(clientWish.apply(Wishes.client(clientDirectory().toString(), Talk.whole(listening, "port"), Talk.text(listening, "fingerprint")))).await("ready");
        server.say(Json.fields().with("command", "peer").with("pin", Talk.text(ready, "fingerprint")).with("address", "127.0.0.1")).await("admitting");
        return this;
    }

    Duo go() throws Exception {
        client.say("{\"command\":\"go\"}");
        return this;
    }

    Duo exchanged() throws Exception {
        client.await("exchanged");
        server.await("exchanged");
        return this;
    }

    /// `result` of both.
    record Results(Json.Fields server, Json.Fields client) {}

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
