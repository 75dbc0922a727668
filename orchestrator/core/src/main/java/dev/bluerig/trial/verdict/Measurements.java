package dev.bluerig.trial.verdict;

import dev.bluerig.fact.tls.Retransmits;
import dev.bluerig.protocol.LoadSettings;
import dev.bluerig.trial.agent.TransferTotals;
import dev.bluerig.trial.evidence.EndObservation;
import dev.bluerig.trial.evidence.Readings;
import dev.bluerig.trial.evidence.RunObservation;
import dev.bluerig.trial.spec.Load;
import java.util.List;
import java.util.OptionalLong;

/// The figures of a run.
public final class Measurements {
    private static final double GIGA = 1e9;
    /// A figure that was not measured.
    static final double UNKNOWN = -1;

    private Measurements() {}

    /// `speed`: of the tested port in bits per second, the slower of the two ends; empty when not known.
    public static Measurement of(Load load, RunObservation observation, OptionalLong speed) {
        TransferTotals toServer = observation.client().pair().sent();
        TransferTotals toClient = observation.server().pair().sent();
        double up = rate(toServer, observation.server().pair().received());
        double down = rate(toClient, observation.client().pair().received());
        double seconds = List.of(toServer, toClient, observation.server().pair().received(), observation.client().pair().received())
            .stream()
            .mapToDouble(TransferTotals::seconds).max().orElse(0);
        long bytes = observation.server().pair().received().bytes() + observation.client().pair().received().bytes();
        double share = speed.isPresent() && speed.getAsLong() > 0 ? Math.max(up, down) / speed.getAsLong() : UNKNOWN;
        return new Measurement(seconds, bytes, up / GIGA, down / GIGA, cpu(observation.server()), cpu(observation.client()),
            connections(load, observation, seconds), share, retransmits(observation));
    }

    /// With offload over without.
    public static Ratios ratios(Measurement on, Measurement off) {
        return new Ratios(ratio(on.gigabitsToServer() + on.gigabitsToClient(), off.gigabitsToServer() + off.gigabitsToClient()),
            ratio(on.cpuPerGigabyteServer(), off.cpuPerGigabyteServer()), ratio(on.cpuPerGigabyteClient(), off.cpuPerGigabyteClient()),
            ratio(on.connectionRate(), off.connectionRate()));
    }

    /// Payload that arrived, over the time that its receiver needed: what a sender handed over may still lie in a buffer.
    private static double rate(TransferTotals sent, TransferTotals received) {
        double seconds = received.seconds() > 0 ? received.seconds() : sent.seconds();
        return seconds > 0 ? received.bytes() * 8 / seconds : 0;
    }

    private static double cpu(EndObservation end) {
        double gigabytes = (end.pair().sent().bytes() + end.pair().received().bytes()) / GIGA;
        return gigabytes > 0 ? end.pair().usage().machine() / gigabytes : UNKNOWN;
    }

    private static double connections(Load load, RunObservation observation, double seconds) {
        return load.mode() == LoadSettings.Mode.REQUEST_RESPONSE && seconds > 0 ? observation.client().pair().usage().handshakes() / seconds
            : 0;
    }

    /// Of all TCP on the two machines: only the kernel counts what was sent, and only for all of it together.
    private static double retransmits(RunObservation observation) {
        long sent = 0;
        long again = 0;
        for (EndObservation end : List.of(observation.server(), observation.client())) {
            var readings = List.of(end.before().retransmits(), end.after().retransmits());
            long more = Readings.rise("OutSegs", readings, (Retransmits seen) -> OptionalLong.of(seen.sent())).orUnknown();
            long lost = Readings.rise("RetransSegs", readings, (Retransmits seen) -> OptionalLong.of(seen.retransmitted())).orUnknown();
            if (more < 0 || lost < 0) return UNKNOWN;
            sent += more;
            again += lost;
        }
        return sent > 0 ? again / (double) sent : UNKNOWN;
    }

    private static double ratio(double on, double off) {
        return on > 0 && off > 0 ? on / off : UNKNOWN;
    }
}
