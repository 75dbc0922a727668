package dev.bluerig.bench.path;

import dev.bluerig.bench.measure.TimedCommand;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One program's way of carrying bytes, both ends as processes of this machine.
record LoopTransfer(Path directory, TransferProgram program) {
    private static final long LISTENING_SECONDS = 30;
    private static final long ENDING_SECONDS = 30;

    /// CPU seconds per gigabyte, both ends. Leaves no process behind, whatever happens.
    double run(long bytes) throws IOException, InterruptedException {
        if (program instanceof TransferProgram.OpenSsl) prepare();
        int port = free();
        Path home = directory.resolve("server");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<TimedCommand> server = threads.submit(() -> TimedCommand.run(home, program.server(port, bytes)));
            try {
                untilListening(port, server);
                TimedCommand client = TimedCommand.run(directory.resolve("client"), program.client(port, bytes))
                    .succeeded(program.name());
                return program.perGigabyte(bytes, ended(server, port), client);
            } finally {
                end(port);
            }
        }
    }

    /// A server that goes on when its client is gone is ended; one that failed is a failure.
    private TimedCommand ended(Future<TimedCommand> server, int port) throws IOException, InterruptedException {
        boolean goesOn = program instanceof TransferProgram.OpenSsl;
        if (goesOn) end(port);
        try {
            TimedCommand timed = server.get(ENDING_SECONDS, TimeUnit.SECONDS);
            return goesOn ? timed : timed.succeeded(program.name());
        } catch (ExecutionException | TimeoutException failed) {
            throw new IOException(program.name() + ": the server did not end well", failed);
        }
    }

    /// Among the processes that this one started, the one that was told this port.
    private void end(int port) {
        ProcessHandle.current().descendants()
            .filter(each -> each.info().arguments()
            .map(words -> !words[0].equals("-c") && String.join(" ", words).contains(String.valueOf(port))).orElse(false))
            .forEach(ProcessHandle::destroy);
    }

    /// /proc/net/tcp (proc_net_tcp): local address and port in hex, state 0A is LISTEN. To connect would be taken for the client.
    private void untilListening(int port, Future<TimedCommand> server) throws IOException, InterruptedException {
        String wanted = " 0100007F:%04X 00000000:0000 0A ".formatted(port);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LISTENING_SECONDS);
        while (!listening(wanted)) {
            if (server.isDone()) throw new IOException(program.name() + ": the server ended: " + server.resultNow().output());
            if (System.nanoTime() > deadline) throw new IOException(program.name() + ": nobody listens on port " + port);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static boolean listening(String wanted) throws IOException {
        return Files.readString(Path.of("/proc/net/tcp")).contains(wanted)
            || Files.readString(Path.of("/proc/net/tcp6")).contains("0000000000000000FFFF0000" + wanted.strip().substring(0, 13));
    }

    private static int free() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    /// A certificate, and a file of zeros.
    private void prepare() throws IOException, InterruptedException {
        Path home = Files.createDirectories(directory.resolve("server"));
        if (!Files.exists(home.resolve("key.pem")))
            TimedCommand.run(home, List.of("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-keyout", "key.pem", "-out", "certificate.pem", "-subj", "/CN=bench", "-days", "2")).succeeded("openssl req");
        try (var file = new RandomAccessFile(home.resolve("file").toFile(), "rw")) {
            file.setLength(TransferProgram.OpenSsl.FILE_BYTES);
        }
    }
}
