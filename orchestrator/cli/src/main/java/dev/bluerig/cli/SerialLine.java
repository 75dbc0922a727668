package dev.bluerig.cli;

import dev.bluerig.lab.machine.LabFailed;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Joins the person's terminal to a guest's serial line, byte for byte, until Ctrl-] or until the guest is gone.
record SerialLine(SocketChannel guest) {
    /// ASCII GS, what Ctrl-] sends; telnet's way out, too.
    private static final byte LEAVE = 0x1d;
    private static final Path TTY = Path.of("/dev/tty");

    /// True when the person left, false when the guest ended.
    boolean talk() throws LabFailed {
        try (guest; InputStream typed = Files.newInputStream(TTY); OutputStream shown = Files.newOutputStream(TTY)) {
            String settings = stty("-g").strip();
            try {
                stty("raw", "-echo");
                shown.write("[Ctrl-] leaves]\r\n".getBytes(StandardCharsets.US_ASCII));
                Thread.ofVirtual().start(() -> show(shown));
                return type(typed);
            } finally {
                stty(settings);
            }
        } catch (IOException broken) {
            throw new LabFailed("the serial line broke", broken);
        }
    }

    private void show(OutputStream shown) {
        try {
            Channels.newInputStream(guest).transferTo(shown);
            shown.write("\r\n[the guest is gone: press a key]\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException left) {
            Thread.currentThread().interrupt();   // the other side closed the line
        }
    }

    private boolean type(InputStream typed) throws IOException {
        byte[] keys = new byte[256];
        for (int count = typed.read(keys); count > 0; count = typed.read(keys)) {
            int leave = 0;
            while (leave < count && keys[leave] != LEAVE) leave++;
            var bytes = ByteBuffer.wrap(keys, 0, leave);
            while (bytes.hasRemaining()) guest.write(bytes);
            if (leave < count) return true;
        }
        return false;
    }

    /// stty(1) sets the terminal that is its standard input.
    private static String stty(String... words) throws IOException {
        var all = new String[words.length + 1];
        all[0] = "stty";
        System.arraycopy(words, 0, all, 1, words.length);
        Process process = new ProcessBuilder(all).redirectInput(new File(TTY.toString())).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
}
