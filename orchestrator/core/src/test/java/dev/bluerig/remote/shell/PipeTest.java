package dev.bluerig.remote.shell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PipeTest {
    @Test
    void bytes_come_out_as_they_went_in_whatever_is_written_and_read_at_once() throws IOException {
        var random = new Random(4254);
        var pipe = new Pipe();
        var in = pipe.readEnd();
        var out = pipe.writeEnd();
        var written = new ByteArrayOutputStream();
        var read = new ByteArrayOutputStream();
        for (int i = 0; i < 2000; i++) {
            var bytes = new byte[random.nextInt(i % 100 == 0 ? 70_000 : 900) + 1];
            random.nextBytes(bytes);
            out.write(bytes);
            written.writeBytes(bytes);
            while (read.size() < written.size() && random.nextInt(3) > 0) read.writeBytes(in.readNBytes(1 + random.nextInt(
                Math.min(written.size() - read.size(), 40_000))));
        }
        out.close();
        read.writeBytes(in.readAllBytes());
        assertArrayEquals(written.toByteArray(), read.toByteArray());
        assertEquals(-1, in.read());
    }
}
