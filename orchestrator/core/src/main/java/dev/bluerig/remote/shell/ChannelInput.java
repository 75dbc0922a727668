package dev.bluerig.remote.shell;

import java.io.IOException;
import java.io.OutputStream;

/// What is sent into a channel. JSch's stream keeps a whole packet's room (32 KB) from its first byte on; so one is opened for each write
/// and let go, and a channel at rest holds nothing.
public final class ChannelInput extends OutputStream {
    /// Opens JSch's stream into the channel; closing that one ends the channel's input.
    public interface StreamOpener {
        OutputStream open() throws IOException;
    }

    private final StreamOpener opener;

    public ChannelInput(StreamOpener opener) {
        this.opener = opener;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        OutputStream out = opener.open();
        out.write(bytes, offset, length);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        opener.open().close();
    }
}
