package dev.bluerig.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LeaseTest {
    private static final Instant DEADLINE = Instant.ofEpochSecond(1_800_000_000);
    private static final Lease LEASE = new Lease(4711, DEADLINE,
        List.of(List.of("ethtool", "-K", "eth0", "tls-hw-tx-offload", "on"), List.of("sh", "-c", "echo \"a\nb\" \\ \u00e4")));

    /// Written by hand from docs/pair-protocol.md.
    @Test
    void it_is_written_as_the_protocol_has_it() {
        assertEquals("{\"pid\":4711,\"deadline\":1800000000,\"restore\":[[\"ethtool\",\"-K\",\"eth0\",\"tls-hw-tx-offload\",\"on\"],"
            + "[\"sh\",\"-c\",\"echo \\\"a\\u000ab\\\" \\\\ \u00e4\"]]}\n", LEASE.text());
    }

    @Test
    void what_is_written_is_read() throws MalformedLine {
        var nothing = new Lease(0, Instant.EPOCH, List.of());
        for (Lease lease : List.of(LEASE, nothing)) assertEquals(lease, Lease.read("lease.json", lease.text()));
    }

    @Test
    void what_a_later_bluerig_adds_is_passed_over() throws MalformedLine {
        assertEquals(LEASE, Lease.read("lease.json", LEASE.text().replace("{\"pid\"", "{\"later\":[1],\"pid\"")));
    }

    @Test
    void it_is_over_when_no_second_of_it_is_left() {
        assertFalse(LEASE.over(DEADLINE));
        assertFalse(LEASE.over(DEADLINE.plusMillis(999)));
        assertTrue(LEASE.over(DEADLINE.plusSeconds(1)));
    }

    @Test
    void a_fraction_of_a_second_is_never_taken_from_it() {
        assertEquals(DEADLINE.plusSeconds(1), LEASE.until(DEADLINE.plusNanos(1)).deadline());
        assertEquals(DEADLINE, LEASE.until(DEADLINE).deadline());
    }

    @Test
    void only_the_deadline_moves() {
        Lease later = LEASE.until(DEADLINE.plus(Duration.ofMinutes(1)));
        assertEquals(new Lease(4711, DEADLINE.plusSeconds(60), LEASE.restore()), later);
        assertFalse(later.over(DEADLINE.plusSeconds(60)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"pid\":1,\"deadline\":2,\"restore\":[[\"tr|wanted a closing quote at column 38, found the end of the line", "''|wanted a value",
        "[]|a lease is an object", "{\"deadline\":2,\"restore\":[]}|'pid' is missing", "{\"pid\":1,\"restore\":[]}|'deadline' is missing",
        "{\"pid\":1,\"deadline\":2}|'restore' is missing", "{\"pid\":-1,\"deadline\":2,\"restore\":[]}|'pid' is a whole number",
        "{\"pid\":\"1\",\"deadline\":2,\"restore\":[]}|'pid' is a whole number",
        "{\"pid\":1,\"deadline\":9223372036854775807,\"restore\":[]}|'deadline' is a whole number from 0 to 253402300799",
        "{\"pid\":1,\"deadline\":2,\"restore\":[\"rm\"]}|'restore' is a list of lists of words",
        "{\"pid\":1,\"deadline\":2,\"restore\":[[]]}|'restore' is a list of lists of words",
        "{\"pid\":1,\"pid\":2,\"deadline\":2,\"restore\":[]}|wanted 'pid' once at column 10"})
    void what_is_wrong_is_said_with_its_place(String text, String wanted) {
        String message = assertThrows(MalformedLine.class, () -> Lease.read("/runs/1/lease.json", text)).getMessage();
        assertTrue(message.startsWith("/runs/1/lease.json: " + wanted.replace('\'', '`')), message);
    }
}
