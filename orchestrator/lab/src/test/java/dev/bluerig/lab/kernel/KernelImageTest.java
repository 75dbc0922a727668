package dev.bluerig.lab.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.lab.machine.LabFailed;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class KernelImageTest {
    /// As Linux' boot protocol lays an image out: one boot sector, one of setup code, then the payload 16 bytes into the rest.
    private static byte[] image(int length) {
        var image = ByteBuffer.allocate(2048).order(ByteOrder.LITTLE_ENDIAN);
        image.put(0x1f1, (byte) 1).putInt(0x202, 0x53726448).putInt(0x248, 16).putInt(0x24c, length);
        image.put(1024 + 16, "packed kernel".getBytes(StandardCharsets.US_ASCII));
        return image.array();
    }

    @Test
    void the_payload_is_where_the_header_says() throws LabFailed {
        assertArrayEquals("packed kernel".getBytes(StandardCharsets.US_ASCII), KernelImage.payload(image(13)));
    }

    @Test
    void what_is_no_kernel_or_not_all_of_one_is_refused() {
        assertTrue(assertThrows(LabFailed.class, () -> KernelImage.payload(new byte[4096])).getMessage().contains("HdrS"));
        assertTrue(assertThrows(LabFailed.class, () -> KernelImage.payload(new byte[10])).getMessage().contains("HdrS"));
        assertTrue(assertThrows(LabFailed.class, () -> KernelImage.payload(image(5000))).getMessage().contains("cut off"));
    }
}
