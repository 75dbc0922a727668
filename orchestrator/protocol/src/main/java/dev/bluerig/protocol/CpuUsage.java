package dev.bluerig.protocol;

import java.util.List;

/// What the run cost one end.
///
/// - `user`, `system`: CPU seconds of the program; `machine`: busy CPU seconds of the whole machine, softirq included.
/// - `cores`: busy share of each core, 0..1.
/// - `voluntary`, `involuntary`: context switches of the program.
/// - `handshakes`: connections opened in request/response mode or at the start.
/// - `retransmits`: TCP segments that its connections sent again, -1 when unknown.
public record CpuUsage(double user, double system, double machine, List<Double> cores, long voluntary, long involuntary,
                       long handshakes, long retransmits) {
    public CpuUsage {
        cores = List.copyOf(cores);
    }

    public static CpuUsage none() {
        return new CpuUsage(0, 0, 0, List.of(), 0, 0, 0, 0);
    }

    JsonValue.Fields json() {
        return JsonValue.fields().with("user", user).with("system", system).with("machine", machine)
            .with("cores", cores.stream().map(JsonValue.Real::new).toList()).with("voluntary", voluntary).with("involuntary", involuntary)
            .with("handshakes", handshakes).with("retransmits", retransmits);
    }

    static CpuUsage read(FieldReader fields) {
        return new CpuUsage(fields.real("user"), fields.real("system"), fields.real("machine"), fields.reals("cores"),
            fields.whole("voluntary", 0), fields.whole("involuntary", 0), fields.whole("handshakes", 0), fields.whole("retransmits", -1));
    }
}
