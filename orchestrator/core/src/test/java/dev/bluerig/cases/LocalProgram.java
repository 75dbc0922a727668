package dev.bluerig.cases;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bluerig.remote.RunningProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A local process as a program that goes on running.
final class LocalProgram implements RunningProgram {
    private final Process process;
    private final LinkedBlockingQueue<ProgramEvent> heard = new LinkedBlockingQueue<>();
    private Optional<ProgramEvent> over = Optional.empty();

    LocalProgram(ProcessBuilder builder, Path err) throws IOException {
        this.process = builder.redirectError(err.toFile()).start();
        Thread.ofVirtual().start(() -> listen(err));
    }

    private void listen(Path err) {
        try (BufferedReader out = process.inputReader(UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) heard.add(new ProgramEvent.Line(line));
            heard.add(new ProgramEvent.Ended(process.waitFor(), Files.readString(err)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException never) {
            throw new AssertionError(never);
        }
    }

    @Override
    public ProgramEvent next(Duration patience) {
        if (over.isPresent()) return over.get();
        try {
            ProgramEvent next = Optional.ofNullable(heard.poll(patience.toNanos(),
                TimeUnit.NANOSECONDS)).orElseGet(ProgramEvent.TimedOut::new);
            if (next instanceof ProgramEvent.Ended) over = Optional.of(next);
            return next;
        } catch (InterruptedException interrupted) {
            throw new AssertionError("nobody interrupts a test", interrupted);
        }
    }

    @Override
    public synchronized void tell(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(UTF_8));
            process.getOutputStream().flush();
        } catch (IOException gone) {
            // whoever listens hears that it ended
        }
    }

    @Override
    public void stop() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        close();
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException gone) {
            // it ended
        }
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
        } catch (InterruptedException interrupted) {
            throw new AssertionError("nobody interrupts a test", interrupted);
        }
    }
}
