package dev.bluerig.bench.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.bench.measure.TimedCommand;
import dev.bluerig.bench.path.PathComparison.Series;
import dev.bluerig.cases.NeedsLab;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// That every program carries what it says; how fast is not for a test to say.
final class PathComparisonTest {
    private static final long BYTES = 20_000_001;

    @ParameterizedTest
    @EnumSource(value = OwnLoop.class, names = {"PAIR", "NIO", "USER_SPACE"})
    @NeedsLab("bash")
    void our_loops_carry_their_bytes(OwnLoop loop, @TempDir Path directory) throws Exception {
        // an end that gets another number of bytes fails
        assertTrue(new LoopTransfer(directory, new TransferProgram.Java(loop, 131_072)).run(BYTES) > 0);
    }

    @Test
    @NeedsLab({"bash", "iperf3"})
    void iperf_carries_its_bytes(@TempDir Path directory) throws Exception {
        assertTrue(new LoopTransfer(directory, new TransferProgram.Iperf(131_072)).run(BYTES) > 0);
    }

    @Test
    @NeedsLab({"bash", "openssl"})
    void openssl_carries_the_file_some_times(@TempDir Path directory) throws Exception {
        assertTrue(new LoopTransfer(directory, new TransferProgram.OpenSsl(1)).run(BYTES) > 0);
    }

    @Test
    void only_what_was_carried_is_a_figure() {
        var openssl = new TransferProgram.OpenSsl(1);
        assertEquals(0.5, openssl.perGigabyte(BYTES, new TimedCommand(9, 3, 143, ""),
            new TimedCommand(9, 1, 0, "8 connections in 5 real seconds, 1000000000 bytes read per connection\n")));
        assertThrows(IllegalStateException.class,
            () -> openssl.perGigabyte(BYTES, new TimedCommand(9, 3, 0, ""),
            new TimedCommand(9, 1, 0, "8 connections in 5 real seconds, 120 bytes read per connection")));
        var java = new TransferProgram.Java(OwnLoop.PAIR, 1);
        assertEquals(0.75, java.perGigabyte(BYTES, new TimedCommand(9, 3, 0, "0.500000 CPU seconds for 1000000000 bytes"),
            new TimedCommand(9, 3, 0, "0.500000 CPU seconds for 2000000000 bytes")));
        assertThrows(IllegalStateException.class,
            () -> java.perGigabyte(BYTES, new TimedCommand(9, 3, 0, "0.5 CPU seconds for 1 bytes"), new TimedCommand(9, 3, 0, "")));
    }

    @Test
    void ratios_are_taken_round_by_round() {
        assertEquals("""
            | program | CPU seconds per gigabyte, both ends | least .. most | to a |
            |---|---|---|---|
            | a | 2.000 | 1.000 .. 4.000 | 1.00 |
            | b | 3.000 | 1.100 .. 4.000 | 1.10 |
            """, PathComparison.table(List.of(new Series("a", List.of(1.0, 2.0, 4.0)), new Series("b", List.of(1.1, 3.0, 4.0)))));
    }
}
