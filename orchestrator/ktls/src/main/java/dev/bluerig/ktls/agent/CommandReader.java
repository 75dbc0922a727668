package dev.bluerig.ktls.agent;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// Hears lines on a thread of its own, because a read cannot be interrupted.
final class CommandReader {
    private static final int LONGEST = 1 << 20;

    private CommandReader() {}

    static void listen(InputStream in, Consumer<RunEvent> tell) {
        Thread.ofPlatform().daemon().name("ear").start(() -> {
            try (InputStream buffered = new BufferedInputStream(new CloseShield(in))) {
                while (line(buffered, tell)) continue;
            } catch (IOException gone) {
                // as good as its end
            }
            tell.accept(new RunEvent.EndRequested());
        });
    }

    /// False at the end; a last line without its newline was cut short and is not for us.
    private static boolean line(InputStream in, Consumer<RunEvent> tell) throws IOException {
        var bytes = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0 && next != '\n') {
            if (bytes.size() < LONGEST) bytes.write(next);
            next = in.read();
        }
        if (next < 0) return false;
        tell.accept(new RunEvent.Line(text(bytes.toByteArray())));
        return true;
    }

    /// What is no UTF-8, or too long, becomes a line that no reader takes.
    private static String text(byte[] bytes) {
        if (bytes.length == LONGEST) return "a line of more than " + LONGEST + " bytes";
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException notText) {
            return "a line that is not UTF-8";
        }
    }

    /// Whose stream it is closes it.
    private static final class CloseShield extends FilterInputStream {
        CloseShield(InputStream in) {
            super(in);
        }

        @Override
        public void close() {}
    }
}
