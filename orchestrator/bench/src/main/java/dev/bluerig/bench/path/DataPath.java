package dev.bluerig.bench.path;

import dev.bluerig.ktls.Connection;
import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.ktls.linux.LinuxNetwork;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// What a byte costs on its way through the pair, beside others.
@Command(name = "path", mixinStandardHelpOptions = true, description = "the agent's data path on loopback: CPU seconds per gigabyte,"
    + " both ends, beside iperf3, Java NIO and openssl")
public final class DataPath implements Callable<Integer> {
    private static final long GIGABYTE = 1_000_000_000;
    private static final Duration SOON = Duration.ofSeconds(10);

    @Option(names = "--rounds", defaultValue = "5", description = "of all programs in turn (default: ${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--gigabytes", defaultValue = "8", description = "a transfer (default: ${DEFAULT-VALUE})")
    private int gigabytes;

    @Option(names = "--write", defaultValue = "131072", description = "bytes written at once (default: ${DEFAULT-VALUE})")
    private int write;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (rounds < 1 || gigabytes < 1 || write < 1 || write > 4 << 20)
            throw new IllegalArgumentException("rounds: at least 1; gigabytes: at least 1; write: 1 to 4194304");
        Path directory = Files.createTempDirectory("bluerig-path");
        try {
            var programs = programs();
            System.out.println(Runtime.version() + ", Linux " + System.getProperty("os.version") + ", " + Runtime.getRuntime()
                .availableProcessors() + " cores, load " + load());
            var comparison = new PathComparison(directory, programs, gigabytes * GIGABYTE);
            System.out.print(PathComparison.table(comparison.run(rounds, () -> System.err.println("a round ends, load " + load()))));
            System.out.println("load at the end " + load());
            return 0;
        } finally {
            remove(directory);
        }
    }

    private List<TransferProgram> programs() {
        var programs =
            new ArrayList<TransferProgram>(List.of(new TransferProgram.Iperf(write), new TransferProgram.Java(OwnLoop.PAIR, write),
            new TransferProgram.Java(OwnLoop.NIO, write),
            new TransferProgram.OpenSsl(4), new TransferProgram.Java(OwnLoop.USER_SPACE, write)));
        Optional<String> none = withoutKernelTls();
        none.ifPresentOrElse(why -> System.out.println("kernel TLS is not measured: " + why),
            () -> programs.add(new TransferProgram.Java(OwnLoop.KERNEL, write)));
        return programs;
    }

    /// Why the kernel makes no records; empty when it does.
    private static Optional<String> withoutKernelTls() {
        var network = new LinuxNetwork();
        try (var listener = network.listen(new InetSocketAddress("127.0.0.1", 0), 1); Connection connection =
            network.connect(Optional.empty(), listener.address(), SOON)) {
            connection.attachTls();
            return Optional.empty();
        } catch (SystemFailure none) {
            return Optional.of(none.getMessage());
        }
    }

    private static String load() {
        try {
            return String.join(" ", List.of(Files.readString(Path.of("/proc/loadavg")).split(" ")).subList(0, 3));
        } catch (IOException unreadable) {
            return "unknown";
        }
    }

    private static void remove(Path top) throws IOException {
        try (Stream<Path> all = Files.walk(top)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(each);
        }
    }
}
