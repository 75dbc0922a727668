package dev.bluerig.trial.run;

import dev.bluerig.fact.Reading;
import dev.bluerig.fact.card.Temperature;
import dev.bluerig.fact.link.UplinkCounters;
import dev.bluerig.fact.ovs.SwitchedFlows;
import dev.bluerig.protocol.Role;
import dev.bluerig.trial.evidence.HostHealth;
import dev.bluerig.trial.evidence.LinkErrors;
import dev.bluerig.trial.evidence.UplinkTraffic;
import dev.bluerig.trial.spec.CablePath;
import dev.bluerig.trial.spec.PairTrial;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What one cable's uplinks carried and how its machines fared in one round.
record HealthCheck(PairTrial trial, CablePath path, TrafficRun.Seen seen) {
    List<UplinkTraffic> uplinks() {
        return path.ways().stream().map(this::uplink).toList();
    }

    private UplinkTraffic uplink(CablePath.DpuHop way) {
        var before = seen.before().uplink(path, way);
        var after = seen.after().uplink(path, way);
        String counter = after instanceof Reading.Known<UplinkCounters>(UplinkCounters counters) ? counters.counter() : "";
        return new UplinkTraffic(way.dpu().name(), way.uplink().text(), trial.of(way.end()).name(), counter, passed(before, after, true),
            passed(before, after, false));
    }

    private static Reading<Long> passed(Reading<UplinkCounters> before, Reading<UplinkCounters> after, boolean out) {
        return before.flatMap(first -> after.flatMap(last -> {
            if (!first.counter().equals(last.counter()))
                return Reading.unknown(first.counter() + " before the run and " + last.counter() + " after it");
            return Reading.known(out ? last.out() - first.out() : last.in() - first.in());
        }));
    }

    /// A cable ends in a host's port or in the uplink of the DPU behind it: whichever driver counts its errors.
    List<HostHealth> hostHealth() {
        var all = new ArrayList<HostHealth>();
        for (Role role : Role.values()) {
            var errors = errors(role);
            var temperature = temperature(role);
            all.add(new HostHealth(trial.of(role).name(), errors, temperature, Reading.unknown("a host switches no flows")));
            ways(role).forEach(way -> all.add(new HostHealth(way.dpu().name(), errors, temperature, flows(way))));
        }
        return all;
    }

    private List<CablePath.DpuHop> ways(Role role) {
        return path.ways().stream().filter(way -> way.end() == role).toList();
    }

    private Reading<Long> errors(Role role) {
        String port = trial.of(role).name() + " " + path.link(role);
        var own = seen.before().end(path, role).nic()
            .flatMap(first -> seen.after().end(path, role).nic().flatMap(last -> LinkErrors.risen(port, first.values(), last.values())));
        var ofDpus = ways(role).stream().map(this::errors).toList();
        return Stream.concat(Stream.of(own), ofDpus.stream()).reduce(HealthCheck::together).orElseThrow();
    }

    private Reading<Long> errors(CablePath.DpuHop way) {
        String uplink = way.dpu().name() + " " + way.uplink();
        return seen.before().uplink(path, way)
            .flatMap(first -> seen.after().uplink(path, way).flatMap(last -> LinkErrors.risen(uplink, first.driver(), last.driver())));
    }

    /// The worse of two that are known: both ends of one port may count the same error.
    private static Reading<Long> together(Reading<Long> one, Reading<Long> other) {
        if (one instanceof Reading.Known<Long>(Long first) && other instanceof Reading.Known<Long>(Long second))
            return Reading.known(Math.max(first, second));
        if (one instanceof Reading.Unknown<Long>(String why) && other instanceof Reading.Unknown<Long>(String also))
            return Reading.unknown(why + "; " + also);
        return one instanceof Reading.Known<Long> ? one : other;
    }

    /// The highest of all snapshots.
    private Reading<Integer> temperature(Role role) {
        var moments = Stream.concat(Stream.of(seen.before(), seen.during(), seen.after()), seen.between().stream())
            .map(snapshot -> snapshot.temperature(path, role)).toList();
        var known = moments.stream().filter(Reading.Known.class::isInstance)
            .map(reading -> ((Reading.Known<Temperature>) reading).value().celsius()).max(Integer::compare);
        return known.<Reading<Integer>>map(Reading::known).orElseGet(() -> moments.getFirst().flatMap(any -> Reading.unknown("not asked")));
    }

    /// The snapshot with the most flows: they disappear when traffic ends.
    private Reading<HostHealth.Flows> flows(CablePath.DpuHop way) {
        Reading<SwitchedFlows> most = seen.during().flows(path, way);
        for (PairSnapshot snapshot : seen.between()) if (count(snapshot.flows(path, way)) > count(most)) most = snapshot.flows(path, way);
        return most.flatMap(flows -> Reading.known(new HostHealth.Flows(flows.offloaded(), flows.inSoftware())));
    }

    private static long count(Reading<SwitchedFlows> reading) {
        return reading instanceof Reading.Known<SwitchedFlows>(SwitchedFlows flows) ? flows.offloaded() + flows.inSoftware() : -1;
    }
}
