package dev.bluerig.ktls.program;

import java.io.InputStream;
import java.io.OutputStream;

/// One end of the pair, from `hello` to the exit code (docs/pair-protocol.md). Has no state outside of itself: several may run in one JVM.
public final class Program {
    public Program(InputStream in, OutputStream out, Host host) {
        throw new UnsupportedOperationException("not yet " + in + out + host);
    }

    public static int run(InputStream in, OutputStream out, Host host) {
        return new Program(in, out, host).run();
    }

    /// Runs to the end and returns the exit code. Closes neither stream.
    public int run() {
        throw new UnsupportedOperationException("not yet");
    }

    /// Ends the program from another thread, as EOF does.
    public void end() {
        throw new UnsupportedOperationException("not yet");
    }
}
