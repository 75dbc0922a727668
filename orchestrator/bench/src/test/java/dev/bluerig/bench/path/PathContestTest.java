package dev.bluerig.bench.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.bench.path.PathContest.Series;
import dev.bluerig.cases.NeedsLab;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// That every contender carries what it says; how fast is not for a test to say.
final class PathContestTest {
    private static final long BYTES = 20_000_001;

    @ParameterizedTest
    @EnumSource(value = Loop.class, names = {"PAIR", "NIO", "USER_SPACE"})
    @NeedsLab("bash")
    void ourLoopsCarryTheirBytes(Loop loop, @TempDir Path directory) throws Exception {
        Transfer.Cost cost = new Transfer(directory, new Contender.Java(loop, 131_072)).run(BYTES);
        assertEquals(BYTES, cost.bytes());
        assertTrue(cost.cpu() > 0);
    }

    @Test
    @NeedsLab({"bash", "iperf3"})
    void iperfCarriesItsBytes(@TempDir Path directory) throws Exception {
        assertTrue(new Transfer(directory, new Contender.Iperf(131_072)).run(BYTES).cpu() > 0);
    }

    @Test
    @NeedsLab({"bash", "openssl"})
    void opensslCarriesTheFileSomeTimes(@TempDir Path directory) throws Exception {
        Transfer.Cost cost = new Transfer(directory, new Contender.OpenSsl(1)).run(BYTES);
        assertTrue(cost.bytes() >= BYTES, "found " + cost);
        assertTrue(cost.cpu() > 0);
    }

    @Test
    void aFileThatWasNotReadIsNoFigure() {
        var openssl = new Contender.OpenSsl(1);
        assertEquals(7_000_315, openssl.carried(1_000_000, "7 connections in 0.51s; 13.73 connections/user sec, bytes read 7000315\n7 connections in 2 real seconds, 1000045 bytes read per connection\n"));
        assertThrows(IllegalStateException.class, () -> openssl.carried(1_000_000, "7 connections in 2 real seconds, 120 bytes read per connection"));
        assertThrows(IllegalStateException.class, () -> openssl.carried(1_000_000, "ERROR"));
    }

    @Test
    void ratiosAreTakenRoundByRound() {
        assertEquals("""
            | contender | CPU seconds per gigabyte, both ends | least .. most | to a |
            |---|---|---|---|
            | a | 2.000 | 1.000 .. 4.000 | 1.00 |
            | b | 3.000 | 1.100 .. 4.000 | 1.10 |
            """, PathContest.table(List.of(new Series("a", List.of(1.0, 2.0, 4.0)), new Series("b", List.of(1.1, 3.0, 4.0)))));
    }
}
