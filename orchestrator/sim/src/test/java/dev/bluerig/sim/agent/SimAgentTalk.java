package dev.bluerig.sim.agent;

import dev.bluerig.sim.machine.FileEntry;
import dev.bluerig.sim.machine.Killed;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.machine.SimProcess;
import dev.bluerig.sim.machine.UserAccount;
import dev.bluerig.sim.shell.ShellPrograms;
import dev.bluerig.sim.tool.FileDescriptors;
import dev.bluerig.sim.tool.ProgramCall;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The agent as a simulated shell starts it, and somebody who talks to it.
final class SimAgentTalk implements AutoCloseable {
    private static final String PLACE = "/var/cache/bluerig/pair-1";

    final SimMachine machine;
    final SimProcess process;
    final CompletableFuture<Integer> status = new CompletableFuture<>();
    final ByteArrayOutputStream complaints = new ByteArrayOutputStream();
    private final OutputStream told;
    private final BufferedReader said;

    SimAgentTalk(SimMachine machine) throws IOException {
        this.machine = machine;
        machine.files().install(PLACE + "/bin/java", FileEntry.regular(new byte[] {127, 'E', 'L', 'F'}, 0755, "root", "root"));
        machine.files().install(PLACE + "/bluerig-pair.jar", FileEntry.regular(new byte[] {'P', 'K', 3, 4}, 0644, "root", "root"));
        machine.files().install("/var/cache/bluerig/runs/1", FileEntry.directory(0700, "root", "root"));
        process = machine.processes().lead("sh", () -> { }, () -> { });
        var in = new PipedInputStream(1 << 16);
        told = new PipedOutputStream(in);
        var fromProgram = new PipedInputStream(1 << 20);
        var out = new PipedOutputStream(fromProgram);
        said = new BufferedReader(new InputStreamReader(fromProgram, StandardCharsets.UTF_8));
        var io = FileDescriptors.of(in, out, complaints);
        Thread.ofPlatform().daemon().start(() -> {
            try (process; out) {
                status.complete(
                    ShellPrograms.launch(new ProgramCall(machine, List.of("sh"), io, Map.of(), "/root", UserAccount.ROOT, process,
                    ShellPrograms::launch)));
            } catch (Killed killed) {
                status.complete(128 + killed.signal());
            } catch (IOException | RuntimeException wrong) {
                status.completeExceptionally(wrong);
            }
        });
        tell("exec " + PLACE + "/bin/java -XX:+UseSerialGC -Xss512k -jar " + PLACE + "/bluerig-pair.jar");
    }

    void tell(String line) throws IOException {
        told.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        told.flush();
    }

    /// The next line of this event; `failed` ends the wait.
    String await(String event) throws IOException {
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.contains("\"event\":\"" + event + "\"")) return line;
            if (line.contains("\"event\":\"failed\"")) throw new AssertionError(machine.name() + ": " + line);
        }
        throw new AssertionError(machine.name() + " ended before " + event + ": " + complaints);
    }

    static String field(String line, String name) {
        Matcher value = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(line);
        if (!value.find()) throw new AssertionError("no " + name + " in " + line);
        return value.group(1);
    }

    void hangUp() throws IOException {
        told.close();
    }

    @Override
    public void close() throws IOException {
        hangUp();
    }
}
