package dev.bluerig.lab.kernel;

import dev.bluerig.lab.machine.LabFailed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/// Takes the kernel out of its compressed image: QEMU boots the ELF file by its PVH entry, and an emulated processor need not unpack 60 MB
/// at every boot (a third of the time to the first process).
final class KernelImage {
    private static final Duration SOON = Duration.ofMinutes(2);
    /// Linux, Documentation/arch/x86/boot.rst: sectors of the setup code, and where in the protected-mode code the payload lies.
    private static final int SETUP_SECTORS = 0x1f1;
    private static final int MAGIC = 0x202;
    private static final int PAYLOAD_OFFSET = 0x248;
    private static final int PAYLOAD_LENGTH = 0x24c;
    private static final int SECTOR = 512;
    private static final byte[] XZ = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0};

    private KernelImage() {}

    /// The ELF file at `target`; of an image that is packed otherwise than Debian does, the image itself, which QEMU boots as well.
    static void unpack(Path image, Path target, HostTool tool) throws IOException, LabFailed {
        byte[] payload = payload(Files.readAllBytes(image));
        if (!Arrays.equals(Arrays.copyOf(payload, XZ.length), XZ)) {
            Files.copy(image, target);
            return;
        }
        // the last four bytes are the unpacked length, which xz does not know
        Path packed = Files.write(target.resolveSibling(target.getFileName() + ".xz"), Arrays.copyOf(payload, payload.length - 4));
        tool.run(SOON, "xz", "--decompress", packed.toString());
    }

    static byte[] payload(byte[] image) throws LabFailed {
        var bytes = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
        if (image.length <= PAYLOAD_LENGTH + 4 || bytes.getInt(MAGIC) != 0x53726448)
            throw new LabFailed("not the image of an x86 kernel: \"HdrS\" is missing at " + MAGIC);
        int start = (image[SETUP_SECTORS] + 1) * SECTOR + bytes.getInt(PAYLOAD_OFFSET);
        int length = bytes.getInt(PAYLOAD_LENGTH);
        if (start < 0 || length < XZ.length || start + length > image.length)
            throw new LabFailed("the kernel's image is cut off: " + image.length + " bytes, its payload ends at " + (start + length));
        return Arrays.copyOfRange(image, start, start + length);
    }
}
