package dev.bluerig.trial.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.bluerig.fact.Reading;
import dev.bluerig.fact.card.NicCounters;
import dev.bluerig.fact.link.PeerRoute;
import dev.bluerig.fact.tls.KernelTlsCiphers;
import dev.bluerig.fact.tls.KernelTlsSockets;
import dev.bluerig.fact.tls.Retransmits;
import dev.bluerig.fact.tls.TlsCounters;
import dev.bluerig.fact.tls.TlsFlags;
import dev.bluerig.fact.tls.TlsSockets;
import dev.bluerig.inventory.CableId;
import dev.bluerig.trial.evidence.EndSnapshot;
import dev.bluerig.trial.evidence.WitnessedTraffic;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.spec.Thresholds;
import dev.bluerig.trial.spec.TlsPlacement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Traffic that is not ours: hardware only when kernel, card and link agree.
class TrafficJudgeTest {
    private static final long PACKETS = 100_000;
    private static final long RECORD_BYTES = 8_900 * PACKETS;
    private static final String TLS_12 = "aes-gcm-128";

    /// What one look sees, as counters that tests may bend.
    private static final class SeenCounters {
        final Map<String, Long> tls = new HashMap<>();
        final Map<String, Long> nic = new HashMap<>();
        TlsFlags flags = new TlsFlags(TlsFlags.Flag.ON, TlsFlags.Flag.ON);
        boolean carrier = true;
        PeerRoute route = new PeerRoute("ens1", false);
        List<TlsSockets.Socket> sockets = List.of();
        Reading<KernelTlsCiphers> ciphers = Reading.known(new KernelTlsCiphers(List.of()));

        EndSnapshot snapshot() {
            return new EndSnapshot(Reading.known(new TlsCounters(tls)), Reading.known(new NicCounters(nic)), Reading.known(flags),
                Reading.known(carrier), Reading.known(route),
                Reading.known(new Retransmits(0, 0)), Reading.known(new KernelTlsSockets(sockets)));
        }
    }

    private static SeenCounters eye(boolean after, String place) {
        var eye = new SeenCounters();
        for (String name : List.of("TlsTxDevice", "TlsRxDevice", "TlsTxSw", "TlsRxSw", "TlsDecryptError", "TlsCurrTxDevice",
            "TlsCurrRxDevice", "TlsCurrTxSw", "TlsCurrRxSw", "TlsRxDeviceResync"))
            eye.tls.put(name, 7L);
        for (String name : List.of("TlsCurrTxDevice", "TlsCurrRxDevice", "TlsCurrTxSw", "TlsCurrRxSw")) eye.tls.put(name, 0L);
        for (ErrorCounter counter : ErrorCounter.values()) eye.nic.putIfAbsent(counter.text(), 3L);
        eye.nic.put("link_down_events_phy", 1L);
        for (String way : List.of("tx", "rx")) {
            eye.nic.put(way + "_bytes", after ? RECORD_BYTES + 66 * PACKETS : 0);
            eye.nic.put(way + "_packets", after ? PACKETS : 0);
        }
        boolean card = place.equals("hw");
        eye.nic.put("tx_tls_encrypted_bytes", after && card ? RECORD_BYTES : 0);
        eye.nic.put("tx_tls_encrypted_packets", after && card ? PACKETS : 0);
        eye.nic.put("rx_tls_decrypted_bytes", after && card ? RECORD_BYTES + 66 * PACKETS : 0);
        eye.nic.put("rx_tls_decrypted_packets", after && card ? PACKETS : 0);
        if (after) for (String half : List.of("TlsTx", "TlsRx")) eye.tls.merge(half + (card ? "Device" : "Sw"), 4L, Long::sum);
        return eye;
    }

    private static SeenCounters during(String place) {
        var eye = eye(true, place);
        eye.sockets = List.of(new TlsSockets.Socket("192.0.2.1:443", "192.0.2.2:40000", place, place, "nginx (99)"));
        eye.ciphers = Reading.known(new KernelTlsCiphers(List.of(new KernelTlsCiphers.Negotiated("1.2", TLS_12))));
        return eye;
    }

    private static WitnessedTraffic.ObservedEnd side(String machine, List<SeenCounters> eyes) {
        return new WitnessedTraffic.ObservedEnd(machine, "ens1", "6.8.0", eyes.stream().map(SeenCounters::snapshot).toList(),
            eyes.stream().map(eye -> eye.ciphers).toList());
    }

    /// `bend` changes what the middle and the last look of the first end saw.
    private static TlsPlacement ruling(String place, Direction direction, Consumer<List<SeenCounters>> bend) {
        var eyes = List.of(eye(false, place), during(place), eye(true, place));
        bend.accept(eyes);
        var other = List.of(eye(false, place), during(place), eye(true, place));
        var traffic = new WitnessedTraffic(new CableId("bench", 0), side("host-a", eyes), side("host-b", other));
        return TrafficJudge.of(traffic, Thresholds.DEFAULT).stream()
            .filter(verdict -> verdict.machine().equals("host-a") && verdict.half() == direction).findFirst().orElseThrow().ruling();
    }

    private static void each(TlsPlacement expected, String place, Consumer<List<SeenCounters>> bend) {
        for (Direction direction : Direction.values()) assertEquals(expected, ruling(place, direction, bend), direction.name());
    }

    @Test
    void all_that_agree_give_hardware_or_software() {
        each(TlsPlacement.HARDWARE, "hw", eyes -> { });
        each(TlsPlacement.SOFTWARE, "sw", eyes -> {
            for (SeenCounters eye : eyes) eye.flags = new TlsFlags(TlsFlags.Flag.OFF, TlsFlags.Flag.OFF);
        });
    }

    @Test
    void connections_that_were_open_before_count_too() {
        each(TlsPlacement.HARDWARE, "hw", eyes -> {
            for (SeenCounters eye : eyes) {
                eye.tls.put("TlsTxDevice", 7L);
                eye.tls.put("TlsRxDevice", 7L);
                eye.tls.put("TlsCurrTxDevice", 4L);
                eye.tls.put("TlsCurrRxDevice", 4L);
            }
        });
        each(TlsPlacement.UNKNOWN, "hw", eyes -> {
            for (SeenCounters eye : eyes) {
                eye.tls.put("TlsCurrTxSw", 1L);
                eye.tls.put("TlsCurrRxSw", 1L);
            }
        });
    }

    @Test
    void every_way_to_be_wrong_is_no_hardware() {
        each(TlsPlacement.UNKNOWN, "hw", eyes -> eyes.getLast().tls.put("TlsRxSw", eyes.getLast().tls.merge("TlsTxSw", 1L, Long::sum)));
        each(TlsPlacement.UNKNOWN, "hw", eyes -> eyes.getLast().tls.put("TlsDecryptError", 8L));
        each(TlsPlacement.UNKNOWN, "hw", eyes -> eyes.get(1).sockets = List.of());
        each(TlsPlacement.UNKNOWN, "hw", eyes -> eyes.get(1).ciphers =
            Reading.known(new KernelTlsCiphers(List.of(new KernelTlsCiphers.Negotiated("1.3", TLS_12)))));
        each(TlsPlacement.UNKNOWN, "hw", eyes -> eyes.get(1).carrier = false);
        each(TlsPlacement.UNKNOWN, "hw", eyes -> eyes.get(1).route = new PeerRoute("eno1", false));
        each(TlsPlacement.UNKNOWN, "hw", eyes -> eyes.getLast().flags = new TlsFlags(TlsFlags.Flag.OFF, TlsFlags.Flag.OFF));
        for (String counter : List.of("tx_tls_drop_no_sync_data"))
            assertEquals(TlsPlacement.UNKNOWN, ruling("hw", Direction.TX, eyes -> eyes.getLast().nic.put(counter, 4L)), counter);
        for (String counter : List.of("rx_tls_err", "rx_tls_resync_req_skip"))
            assertEquals(TlsPlacement.UNKNOWN, ruling("hw", Direction.RX, eyes -> eyes.getLast().nic.put(counter, 4L)), counter);
    }

    @Test
    void a_link_that_carried_more_than_the_card_handled_proves_nothing() {
        each(TlsPlacement.UNKNOWN, "hw", eyes -> {
            eyes.getLast().nic.put("tx_bytes", 2 * RECORD_BYTES);
            eyes.getLast().nic.put("rx_bytes", 2 * RECORD_BYTES);
        });
        each(TlsPlacement.UNKNOWN, "hw", eyes -> {
            eyes.getLast().nic.put("tx_tls_encrypted_bytes", 2 * RECORD_BYTES);
            eyes.getLast().nic.put("rx_tls_decrypted_bytes", 2 * RECORD_BYTES);
        });
    }

    @Test
    void any_missing_counter_takes_hardware_away() {
        var random = new Random(3);
        var names = List.of("TlsTxDevice", "TlsTxSw", "TlsDecryptError", "TlsCurrTxDevice", "TlsCurrTxSw", "tx_bytes", "tx_packets",
            "tx_tls_encrypted_bytes", "tx_tls_encrypted_packets", "tx_tls_drop_no_sync_data");
        for (int i = 0; i < 200; i++) {
            String name = names.get(random.nextInt(names.size()));
            boolean first = random.nextBoolean() || name.startsWith("TlsCurr");
            assertNotEquals(TlsPlacement.HARDWARE, ruling("hw", Direction.TX, eyes -> {
                SeenCounters eye = first ? eyes.getFirst() : eyes.getLast();
                eye.tls.remove(name);
                eye.nic.remove(name);
            }), name);
        }
    }
}
