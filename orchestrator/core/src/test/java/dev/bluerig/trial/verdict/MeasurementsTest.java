package dev.bluerig.trial.verdict;

import static dev.bluerig.trial.verdict.EvidenceFixture.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bluerig.fact.Reading;
import dev.bluerig.protocol.CpuUsage;
import dev.bluerig.protocol.LoadSettings;
import dev.bluerig.protocol.Role;
import dev.bluerig.trial.agent.AgentReport;
import dev.bluerig.trial.agent.TransferTotals;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MeasurementsTest {
    @Test
    void gigabytes_are_of_ten_to_the_ninth() {
        Measurement figures = Measurements.of(load(), good().on(), OptionalLong.of(10_000_000_000L));
        assertEquals(4.0, figures.seconds());
        assertEquals(2 * PAYLOAD, figures.bytes());
        assertEquals(PAYLOAD * 8 / 4.0 / 1e9, figures.gigabitsToServer(), 1e-9);
        assertEquals(PAYLOAD * 8 / 4.0 / 1e9, figures.gigabitsToClient(), 1e-9);
        assertEquals(2.5 / (2 * PAYLOAD / 1e9), figures.cpuPerGigabyteServer(), 1e-9);
        assertEquals(PAYLOAD * 8 / 4.0 / 1e10, figures.lineShare(), 1e-9);
        assertEquals(24.0 / (2 * PACKETS), figures.retransmits(), 1e-12);
        assertEquals(0, figures.connectionRate());
    }

    @Test
    void a_direction_without_payload_is_zero_and_what_is_not_known_is_below() {
        var one =
            both(good(),
            pair(pair -> pair.role() == Role.CLIENT
            ? new AgentReport(pair.role(), pair.samples(), pair.sent(), TransferTotals.none(), pair.usage(), "", pair.failure())
            : new AgentReport(pair.role(), pair.samples(), TransferTotals.none(), pair.received(), pair.usage(), "", pair.failure())));
        Measurement figures = Measurements.of(load(LoadSettings.Direction.CLIENT_SENDS), one.on(), OptionalLong.empty());
        assertEquals(0, figures.gigabitsToClient());
        assertEquals(-1, figures.lineShare());
        var none = both(good(), transfers(all -> TransferTotals.none()));
        assertEquals(-1, Measurements.of(load(), none.on(), OptionalLong.empty()).cpuPerGigabyteServer());
        var blind = end(good(), Role.SERVER, snapshots((when, seen) -> retransmits(seen, Reading.unknown("no file"))));
        assertEquals(-1, Measurements.of(load(), blind.on(), OptionalLong.empty()).retransmits());
    }

    @Test
    void connections_a_second_are_those_of_request_and_response() {
        var many = both(good(), usage(usage -> new CpuUsage(1, 1, 2, List.of(), 0, 0, 1000, 0)));
        assertEquals(250, Measurements.of(load(LoadSettings.Mode.REQUEST_RESPONSE), many.on(), OptionalLong.empty()).connectionRate());
    }

    @Test
    void ratios_are_on_over_off() {
        Measurement on = new Measurement(10, 1, 40, 40, 0.1, 0.2, 100, 0.5, 0);
        Measurement off = new Measurement(10, 1, 20, 20, 0.4, 0.2, 200, 0.5, 0);
        assertEquals(new Ratios(2, 0.25, 1, 0.5), Measurements.ratios(on, off));
        assertEquals(new Ratios(-1, -1, 1, -1), Measurements.ratios(on, new Measurement(10, 1, 0, 0, -1, 0.2, 0, 0, 0)));
    }
}
