package dev.bluerig.protocol;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How the events stand on a line.
final class AgentEventFormat {
    private static final int LAST_PORT = 65535;

    private AgentEventFormat() {}

    static JsonValue.Fields json(AgentEvent event) {
        return switch (event) {
            case AgentEvent.Hello(String pair, String java, String arch, long pid) ->
                named("hello").with("pair", pair).with("java", java).with("arch", arch).with("pid", pid);
            case AgentEvent.Ready(String fingerprint, String address, int port) -> {
                JsonValue.Fields ready = named("ready").with("fingerprint", fingerprint);
                yield port == 0 ? ready : ready.with("address", address).with("port", port);
            }
            case AgentEvent.Admitting() -> named("admitting");
            case AgentEvent.Dropped(String peer, AgentCode code, String message) ->
                named("dropped").with("peer", peer).with("code", code.name()).with("message", message);
            case AgentEvent.Connected said -> named("connected").with("connection", said.connection())
                .with("version", said.version()).with("cipher", said.cipher()).with("local", said.local()).with("peer", said.peer())
                .with("transmit", said.transmit()).with("receive", said.receive()).with("reason", said.reason());
            case AgentEvent.State(AgentEvent.When when, List<ConnectionState> connections) ->
                named("state").with("when", when).with("connections", connections.stream().map(ConnectionState::json).toList());
            case AgentEvent.Progress(double seconds, long sent, long received) ->
                seconds(named("progress"), seconds).with("sent", sent).with("received", received);
            case AgentEvent.Exchanged() -> named("exchanged");
            case AgentEvent.Result(Flow sent, Flow received, CpuUsage usage, int dropped) ->
                named("result").with("sent", sent.json()).with("received", received.json()).with("usage", usage.json())
                    .with("dropped", dropped);
            case AgentEvent.Failed(AgentCode code, String errno, String message) ->
                named("failed").with("code", code.name()).with("errno", errno).with("message", message);
            case AgentEvent.UnknownEvent(String name) -> named(name);
        };
    }

    private static JsonValue.Fields named(String event) {
        return JsonValue.fields().with("event", event);
    }

    /// A whole number is written without a point.
    private static JsonValue.Fields seconds(JsonValue.Fields event, double seconds) {
        return seconds == Math.rint(seconds) ? event.with("seconds", (long) seconds) : event.with("seconds", seconds);
    }

    static AgentEvent read(JsonValue line) throws MalformedLine {
        if (!(line instanceof JsonValue.Fields object && object.fields().get("event") instanceof JsonValue.Text(String name)))
            throw new MalformedLine("no `event` is named");
        var fields = new FieldReader(object);
        AgentEvent event = switch (name) {
            case "hello" -> hello(fields);
            case "ready" -> new AgentEvent.Ready(fields.pin("fingerprint"), fields.optional("address"),
                (int) fields.whole("port", 0, LAST_PORT, 0));
            case "admitting" -> new AgentEvent.Admitting();
            case "dropped" -> dropped(fields);
            case "connected" -> connected(fields);
            case "state" -> state(fields);
            case "progress" -> new AgentEvent.Progress(fields.real("seconds"), fields.whole("sent", 0), fields.whole("received", 0));
            case "exchanged" -> new AgentEvent.Exchanged();
            case "result" -> result(fields);
            case "failed" -> failed(fields);
            default -> new AgentEvent.UnknownEvent(name);
        };
        fields.finishKnown();
        return event;
    }

    private static AgentEvent hello(FieldReader fields) {
        return new AgentEvent.Hello(fields.text("pair"), fields.text("java"), fields.text("arch"), fields.whole("pid", 0));
    }

    private static AgentEvent connected(FieldReader fields) {
        return new AgentEvent.Connected(fields.count("connection"), fields.text("version"), fields.text("cipher"), fields.text("local"),
            fields.text("peer"), fields.word("transmit", TlsSettings.RecordHandler.class), fields.word("receive",
                TlsSettings.RecordHandler.class),
            fields.text("reason"));
    }

    private static AgentEvent state(FieldReader fields) {
        return new AgentEvent.State(fields.word("when", AgentEvent.When.class), fields.objects("connections", ConnectionState::read));
    }

    private static AgentEvent result(FieldReader fields) {
        return new AgentEvent.Result(Flow.read(fields.object("sent")), Flow.read(fields.object("received")),
            CpuUsage.read(fields.object("usage")),
            (int) fields.whole("dropped", 0, Integer.MAX_VALUE, 0));
    }

    private static AgentEvent dropped(FieldReader fields) {
        String code = fields.text("code");
        return new AgentEvent.Dropped(fields.text("peer"), known(code).orElse(AgentCode.OTHER), message(code, fields.text("message")));
    }

    private static AgentEvent failed(FieldReader fields) {
        String code = fields.text("code");
        return new AgentEvent.Failed(known(code).orElse(AgentCode.OTHER), fields.optional("errno"), message(code, fields.text("message")));
    }

    private static Optional<AgentCode> known(String code) {
        return Arrays.stream(AgentCode.values()).filter(each -> each.name().equals(code)).findFirst();
    }

    /// A code of a later version is not lost.
    private static String message(String code, String message) {
        return known(code).isPresent() ? message : code + ": " + message;
    }
}
