package dev.bluerig.trial.agent;

import dev.bluerig.fact.Reading;
import dev.bluerig.protocol.AgentEvent;
import dev.bluerig.protocol.ConnectionState;
import dev.bluerig.protocol.CpuUsage;
import dev.bluerig.protocol.Role;
import dev.bluerig.protocol.TlsConf;
import dev.bluerig.source.VisibleText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// How far one program of the pair is by its own events, and all of them: an event goes in, the next state or a violation of
/// docs/pair-protocol.md comes out. Knows no thread and no clock.
///
/// - `opened`: how many connections it has reported.
record AgentState(Terms terms, Phase phase, int opened, ReceivedEvents events) {
    enum Phase { STARTED, GREETED, READY, ADMITTING, CONNECTED, EXCHANGED, REPORTED }

    /// What it was started for. `connections`: how many there are to be. `digests`: it compares every byte, so its result has a digest
    /// of what moved.
    record Terms(Role role, int connections, boolean digests) {}

    /// What one event leads to.
    sealed interface Step {
        record Next(AgentState state) implements Step {}

        record Violation(DriverCode code, String message) implements Step {}

        /// It reports that it ends early.
        record Failed(AgentFailure failure) implements Step {}
    }

    /// Everything that counts of its events. `fallback`: the first reason for records in the program although the kernel was
    /// asked to.
    record ReceivedEvents(AgentEvent.Ready ready, String fallback, Samples samples, AgentEvent.Progress progress,
                      Optional<AgentEvent.Result> result) {
        static final ReceivedEvents NONE = new ReceivedEvents(new AgentEvent.Ready("0".repeat(64), "", 0), "", new Samples(List.of(),
            List.of(), 0),
            new AgentEvent.Progress(0, 0, 0), Optional.empty());

        ReceivedEvents with(AgentEvent.Ready now) {
            return new ReceivedEvents(now, fallback, samples, progress, result);
        }

        ReceivedEvents because(String reason) {
            return fallback.isEmpty() ? new ReceivedEvents(ready, reason, samples, progress, result) : this;
        }

        ReceivedEvents with(Samples now) {
            return new ReceivedEvents(ready, fallback, now, progress, result);
        }

        ReceivedEvents with(AgentEvent.Progress now) {
            return new ReceivedEvents(ready, fallback, samples, now, result);
        }

        ReceivedEvents with(AgentEvent.Result now) {
            return new ReceivedEvents(ready, fallback, samples, progress, Optional.of(now));
        }
    }

    /// States of its connections. `all`: in the order they arrived. `asked`: its last answer, of so many `answers`.
    record Samples(List<ConnectionSample> all, List<ConnectionSample> asked, int answers) {
        Samples {
            all = List.copyOf(all);
            asked = List.copyOf(asked);
        }

        Samples and(AgentEvent.When when, List<ConnectionSample> more) {
            boolean answer = when == AgentEvent.When.ASKED;
            return new Samples(Stream.concat(all.stream(), more.stream()).toList(), answer ? more : asked, answer ? answers + 1 : answers);
        }
    }

    /// How often a program may tell the state of its connections: once each when they are opened, closed, and whenever it is asked.
    private static final int MOST_STATES = 64;

    static AgentState started(Terms terms) {
        return new AgentState(terms, Phase.STARTED, 0, ReceivedEvents.NONE);
    }

    Step after(AgentEvent event) {
        return switch (event) {
            case AgentEvent.Hello _ -> from(event, Phase.STARTED, Phase.STARTED, state -> state.in(Phase.GREETED, events));
            case AgentEvent.Ready ready -> ready(ready);
            case AgentEvent.Admitting _ -> from(event, Phase.READY, Phase.READY, state -> state.in(Phase.ADMITTING, events));
            case AgentEvent.Connected connected -> connected(connected);
            case AgentEvent.State state -> state(state);
            case AgentEvent.Progress progress -> from(event, Phase.READY, Phase.EXCHANGED, state -> state.in(phase, events.with(progress)));
            case AgentEvent.Exchanged _ -> from(event, Phase.CONNECTED, Phase.CONNECTED, state -> state.in(Phase.EXCHANGED, events));
            case AgentEvent.Result result -> result(result);
            case AgentEvent.Failed failed -> new Step.Failed(new AgentFailure(failed.code(), failed.errno(), failed.message()));
            case AgentEvent.Dropped _, AgentEvent.UnknownEvent _ -> new Step.Next(this);
        };
    }

    /// The next state, when it was in a phase between these two.
    private Step from(AgentEvent event, Phase first, Phase last, Function<AgentState, AgentState> next) {
        return between(first, last) ? new Step.Next(next.apply(this)) : outOfOrder(event);
    }

    private boolean between(Phase first, Phase last) {
        return phase.compareTo(first) >= 0 && phase.compareTo(last) <= 0;
    }

    private Step outOfOrder(AgentEvent event) {
        return new Step.Violation(DriverCode.PROGRAM_OUT_OF_ORDER,
            "`" + event.getClass().getSimpleName().toLowerCase(Locale.ROOT) + "` while it was " + VisibleText.words(phase));
    }

    private AgentState in(Phase next, ReceivedEvents now) {
        return new AgentState(terms, next, opened, now);
    }

    private Step ready(AgentEvent.Ready ready) {
        if (terms.role() == Role.SERVER && ready.port() == 0)
            return new Step.Violation(DriverCode.PROGRAM_GARBLED, "`ready` of a server without its port");
        return from(ready, Phase.GREETED, Phase.GREETED, state -> state.in(Phase.READY, events.with(ready)));
    }

    private Step connected(AgentEvent.Connected connected) {
        if (!between(Phase.READY, Phase.CONNECTED)) return outOfOrder(connected);
        if (opened == terms.connections())
            return new Step.Violation(DriverCode.PROGRAM_OUT_OF_ORDER, "`connected` more than " + opened + " times");
        return new Step.Next(new AgentState(terms, Phase.CONNECTED, opened + 1, events.because(connected.reason())));
    }

    private Step state(AgentEvent.State state) {
        int kept = events.samples().all().size();
        if (kept + state.connections().size() > MOST_STATES * terms.connections())
            return new Step.Violation(DriverCode.PROGRAM_OUT_OF_ORDER,
                "`state` tells of more connections than there are, or too often: " + kept + " states were kept");
        var samples = events.samples().and(state.when(), state.connections().stream().map(line -> sample(state.when(), line)).toList());
        Phase first = switch (state.when()) {
            case OPENED -> Phase.CONNECTED;
            case ASKED -> Phase.READY;
            case CLOSING -> Phase.EXCHANGED;
        };
        return from(state, first, Phase.EXCHANGED, before -> before.in(phase, events.with(samples)));
    }

    private static ConnectionSample sample(AgentEvent.When when, ConnectionState line) {
        return new ConnectionSample(line.connection(), when, place(line.transmit(), line.reason()), place(line.receive(), line.reason()),
            line.version(), line.cipher(), line.transmitted(), line.received());
    }

    private static Reading<TlsConf> place(String text, String reason) {
        for (TlsConf place : TlsConf.values()) if (place.text().equals(text)) return Reading.known(place);
        return Reading.unknown(text.equals("unknown") ? reason : "the program says `" + text + "`, which this version does not know");
    }

    private Step result(AgentEvent.Result result) {
        if (phase != Phase.EXCHANGED) return outOfOrder(result);
        if (terms.digests() && Stream.of(result.sent(), result.received()).anyMatch(flow -> flow.bytes() > 0 && flow.digest().isEmpty()))
            return new Step.Violation(DriverCode.PROGRAM_GARBLED, "`result` has no `digest`, although every byte is verified");
        return new Step.Next(in(Phase.REPORTED, events.with(result)));
    }

    boolean reached(Phase wanted) {
        return phase.compareTo(wanted) >= 0;
    }

    /// All its connections are not open yet.
    boolean opening() {
        return opened < terms.connections();
    }

    /// `equal`: what it received has the digest of what the other end sent.
    AgentReport report(boolean equal, Optional<AgentFailure> failure) {
        return new AgentReport(terms.role(), events.samples().all(),
            events.result().map(result -> TransferTotals.of(result.sent(), true)).orElse(TransferTotals.none()),
            events.result().map(result -> TransferTotals.of(result.received(), equal)).orElse(TransferTotals.none()),
            events.result().map(AgentEvent.Result::usage).orElse(CpuUsage.none()), events.fallback(), failure);
    }
}
