package dev.bluerig.sim.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.sim.machine.TlsFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The pair's own program between two simulated hosts: its handshake and records are real, the counters are those of the models.
@Timeout(60)
class SimAgentTest {
    private static final int BYTES = 16 << 20;
    private static final String FLAGS_BACK = "[\"ethtool\",\"-K\",\"enp177s0f0np0\",\"tls-hw-rx-offload\",\"on\"]";

    private static String settings(String role, int connections, String rest) {
        return "{\"role\":\"" + role + "\"," + rest
            + ",\"version\":\"1.2\",\"cipher\":\"aes-128-gcm\",\"certificate\":\"ecdsa\",\"transmit\":\"kernel\",\"receive\":\"kernel\","
            + "\"connections\":" + connections + ",\"bytes\":" + BYTES
            + ",\"seconds\":0,\"write\":131072,\"source\":\"send\",\"direction\":\"both\",\"mode\":\"stream\",\"verify\":\"every-byte\","
            + "\"seed\":7,\"cpus\":[],\"restore\":[" + FLAGS_BACK + "],\"directory\":\"/var/cache/bluerig/runs/1\",\"lease\":30}";
    }

    /// Both have greeted, know one another, and are told to go.
    private static void meet(SimAgentTalk server, SimAgentTalk client) throws Exception {
        meet(server, client, 2);
    }

    private static void meet(SimAgentTalk server, SimAgentTalk client, int connections) throws Exception {
        server.await("hello");
        client.await("hello");
        server.tell(settings("server", connections, "\"address\":\"198.18.0.1\",\"ports\":[47000,47009]"));
        String ready = server.await("ready");
        client.tell(settings("client", connections, "\"address\":\"198.18.0.1\",\"ports\":[" + SimAgentTalk.field(ready, "port") + ","
            + SimAgentTalk.field(ready, "port") + "],\"local\":\"198.18.0.2\",\"pin\":\""
            + SimAgentTalk.field(ready, "fingerprint") + "\""));
        server.tell("{\"command\":\"peer\",\"pin\":\"" + SimAgentTalk.field(client.await("ready"), "fingerprint")
            + "\",\"address\":\"198.18.0.2\"}");
        server.await("admitting");
        client.tell("{\"command\":\"go\"}");
    }

    private static void refused(SimAgentTalk talk, String code) {
        String said = assertThrows(AssertionError.class, () -> talk.await("exchanged")).getMessage();
        assertTrue(said.contains(code), said);
    }

    private static long tls(TwoEnds ends, String name) {
        return ends.b.namespace().tls().of(name);
    }

    @Test
    void it_runs_and_the_card_does_the_work() throws Exception {
        try (var ends = new TwoEnds(); var server = new SimAgentTalk(ends.a); var client = new SimAgentTalk(ends.b)) {
            meet(server, client);
            client.await("exchanged");
            server.await("exchanged");
            assertTrue(TwoEnds.said(ends.b, "ss -tiepnH").contains("tcp-ulp-tls version: 1.2 cipher: aes-gcm-128 rxconf: hw txconf: hw"));
            assertEquals(2, tls(ends, "TlsCurrTxDevice"));
            client.tell("{\"command\":\"close\"}");
            server.tell("{\"command\":\"close\"}");
            String state = client.await("state");
            assertTrue(state.contains("\"transmit\":\"hw\",\"receive\":\"hw\""), state);
            String result = client.await("result");
            assertTrue(result.contains("\"intact\":true") && !result.contains("\"intact\":false"), result);
            assertEquals(0, client.status.get(), client.complaints.toString());
            assertEquals(0, server.status.get());
            assertEquals(2, tls(ends, "TlsTxDevice"));
            assertEquals(2, tls(ends, "TlsRxDevice"));
            assertEquals(0, tls(ends, "TlsTxSw") + tls(ends, "TlsRxSw") + tls(ends, "TlsCurrTxDevice") + tls(ends, "TlsCurrRxDevice"));
            long encrypted = ends.b.port(0).counters().of("tx_tls_encrypted_bytes");
            assertTrue(encrypted >= BYTES && encrypted < 1.02 * BYTES, "" + encrypted);
            long decrypted = ends.b.port(0).counters().of("rx_tls_decrypted_bytes") - 66 * ends.b.port(0).counters()
                .of("rx_tls_decrypted_packets");
            assertTrue(decrypted > 0.99 * BYTES, "" + decrypted);
            assertFalse(ends.b.files().find("/var/cache/bluerig/runs/1").isPresent(), "the run directory is gone");
            assertEquals(java.util.List.of(), ends.a.unknownCommands());
        }
    }

    @Test
    void a_program_that_loses_its_controller_puts_back_what_it_was_told_to() throws Exception {
        try (var ends = new TwoEnds(); var server = new SimAgentTalk(ends.a); var client = new SimAgentTalk(ends.b)) {
            meet(server, client);
            client.await("exchanged");
            TwoEnds.said(ends.b, "ethtool -K enp177s0f0np0 tls-hw-rx-offload off");
            client.hangUp();
            client.status.get();
            assertTrue(ends.b.port(0).features().find("tls-hw-rx-offload").orElseThrow().on());
            assertFalse(TwoEnds.said(ends.b, "ss -tiepnH").contains("java"));
        }
    }

    @Test
    void killed_it_puts_nothing_back_and_its_sockets_are_closed() throws Exception {
        try (var ends = new TwoEnds(); var server = new SimAgentTalk(ends.a); var client = new SimAgentTalk(ends.b)) {
            meet(server, client);
            client.await("exchanged");
            TwoEnds.said(ends.b, "ethtool -K enp177s0f0np0 tls-hw-rx-offload off");
            TwoEnds.said(ends.b, "kill -KILL " + client.process.id());
            assertEquals(137, client.status.get());
            assertFalse(ends.b.port(0).features().find("tls-hw-rx-offload").orElseThrow().on());
            assertTrue(ends.b.files().find("/var/cache/bluerig/runs/1/lease.json").isPresent());
            assertEquals(0, tls(ends, "TlsCurrTxDevice"));
        }
    }

    @Test
    void without_the_module_records_are_the_programs_own() throws Exception {
        try (var ends = new TwoEnds(); var server = new SimAgentTalk(ends.a); var client = new SimAgentTalk(ends.b)) {
            for (var machine : java.util.List.of(ends.a, ends.b)) {
                machine.tlsFaults().add(TlsFault.NO_TLS_MODULE);
                machine.modules().remove("tls");
            }
            meet(server, client);
            String connected = client.await("connected");
            assertTrue(connected.contains("\"transmit\":\"user-space\"") && connected.contains("ENOENT"), connected);
            client.await("exchanged");
            assertEquals(0, ends.b.port(0).counters().of("tx_tls_encrypted_bytes"));
            assertTrue(ends.b.port(0).counters().of("tx_bytes") > BYTES);
        }
    }

    @Test
    void a_second_machine_with_the_same_address_is_found_out() throws Exception {
        try (var ends = new TwoEnds(); var server = new SimAgentTalk(ends.a); var client = new SimAgentTalk(ends.b); var _ =
            DuplicateHost.start(ends.a)) {
            ends.a.tlsFaults().add(TlsFault.DUPLICATE_HOST);
            meet(server, client);
            refused(client, "PIN_MISMATCH");
        }
    }

    @Test
    void a_changed_bit_and_a_changed_byte_are_told_apart() throws Exception {
        // of two connections the second may hear of the end of the first before the first has said why
        try (var ends = new TwoEnds(); var server = new SimAgentTalk(ends.a); var client = new SimAgentTalk(ends.b)) {
            ends.b.tlsFaults().add(TlsFault.CORRUPT_RECORD);
            meet(server, client, 1);
            refused(client, "RECORD_CORRUPT");
            assertTrue(tls(ends, "TlsDecryptError") > 0);
        }
        try (var ends = new TwoEnds(); var server = new SimAgentTalk(ends.a); var client = new SimAgentTalk(ends.b)) {
            ends.b.tlsFaults().add(TlsFault.CORRUPT_PAYLOAD);
            meet(server, client, 1);
            refused(client, "DATA_DIFFERS");
            assertEquals(0, tls(ends, "TlsDecryptError"));
        }
    }
}
