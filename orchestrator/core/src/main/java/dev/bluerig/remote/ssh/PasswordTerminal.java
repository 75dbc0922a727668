package dev.bluerig.remote.ssh;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import dev.bluerig.remote.shell.ChannelOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// A program on a terminal that asks questions: only a password change needs one.
final class PasswordTerminal {
    /// `status`: the program's, -1 when it was ended. `last`: the last line it printed that is not a prompt.
    record Ended(int status, String last) {}

    private final LinkedBlockingQueue<Optional<String>> chunks = new LinkedBlockingQueue<>();

    Ended run(Session session, String request, Function<String, Optional<String>> answers, Duration limit)
        throws JSchException, IOException, InterruptedException {
        var channel = (ChannelExec) session.openChannel("exec");
        channel.setPty(true);
        channel.setCommand(request);
        channel.setOutputStream(new ChannelOutput(this::received, () -> {}));
        channel.setErrStream(new ChannelOutput(this::received, () -> chunks.add(Optional.empty())));
        OutputStream in = channel.getOutputStream();
        channel.connect(Math.toIntExact(limit.toMillis()));
        try {
            return talk(channel, in, answers, limit);
        } finally {
            channel.disconnect();
        }
    }

    private void received(byte[] bytes, int offset, int length) {
        chunks.add(Optional.of(new String(bytes, offset, length, StandardCharsets.UTF_8)));
    }

    private Ended talk(ChannelExec channel, OutputStream in, Function<String, Optional<String>> answers, Duration limit)
        throws IOException, InterruptedException {
        var line = new StringBuilder();
        String last = "";
        long until = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<String> piece = Optional.ofNullable(chunks.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS))
                .orElse(Optional.empty());
            if (piece.isEmpty()) return new Ended(channel.getExitStatus(), last);
            line.append(piece.get());
            for (int end; (end = line.indexOf("\n")) >= 0; line.delete(0, end + 1)) {
                String whole = line.substring(0, end).strip();
                if (!whole.isEmpty()) last = whole;
            }
            if (!line.toString().strip().endsWith(":")) continue;
            Optional<String> answer = answers.apply(line.toString());
            line.setLength(0);
            if (answer.isEmpty()) return new Ended(-1, last);
            in.write((answer.get() + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        }
    }
}
