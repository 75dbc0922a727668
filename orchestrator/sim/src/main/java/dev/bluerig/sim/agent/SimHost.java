package dev.bluerig.sim.agent;

import dev.bluerig.ktls.Affinity;
import dev.bluerig.ktls.Meter;
import dev.bluerig.ktls.Network;
import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.ktls.agent.AgentHost;
import dev.bluerig.sim.machine.FileEntry;
import dev.bluerig.sim.machine.FileError;
import dev.bluerig.sim.machine.FileTree;
import dev.bluerig.sim.machine.Killed;
import dev.bluerig.sim.machine.SimProcess;
import dev.bluerig.sim.tool.FileDescriptors;
import dev.bluerig.sim.tool.ProgramCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A simulated machine as the agent touches it. Once the process was killed nothing happens any more on its behalf.
final class SimHost implements AgentHost, AutoCloseable {
    private final ProgramCall call;
    private final SimNetwork network;
    private final ModelledMeter meter;
    private volatile boolean dead;

    SimHost(ProgramCall call) {
        this.call = call;
        var namespace = call.machine().programNamespace();
        network = new SimNetwork(call.machine(), namespace, call.user(), "java", call.process().id());
        meter = new ModelledMeter(network);
    }

    /// What a kernel does with a process that is gone: its sockets are closed.
    void die() {
        dead = true;
        network.close();
    }

    @Override
    public void close() {
        die();
    }

    private void living() throws IOException {
        if (dead) throw new IOException("the process was killed");
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public Meter meter() {
        return meter;
    }

    @Override
    public Affinity affinity() {
        return new Affinity() {
            @Override
            public List<Integer> cores() {
                return IntStream.range(0, ModelledMeter.CORES).boxed().toList();
            }

            @Override
            public void confine(List<Integer> wanted) throws SystemFailure {
                if (!cores().containsAll(wanted))
                    throw new SystemFailure("sched_setaffinity", "EINVAL", "there are the cores 0 to " + (ModelledMeter.CORES - 1));
            }
        };
    }

    @Override
    public long pid() {
        return call.process().id();
    }

    @Override
    public String architecture() {
        return call.machine().image().architecture().equals("x86_64") ? "amd64" : call.machine().image().architecture();
    }

    @Override
    public Path write(String directory, String name, ByteBuffer content) throws IOException {
        living();
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        FileTree files = call.machine().files();
        String place = FileTree.resolve(directory, name);
        try {
            files.write(place + ".new", bytes, call.user(), 0600);
            files.rename(place + ".new", place, call.user());
        } catch (FileError problem) {
            throw new IOException(place + ": " + problem.getMessage());
        }
        return Path.of(place);
    }

    @Override
    public void remove(String directory) throws IOException {
        living();
        FileTree files = call.machine().files();
        Optional<FileEntry> entry = files.find(directory, false);
        if (entry.isEmpty()) return;
        try {
            for (String name : files.list(directory)) files.remove(FileTree.resolve(directory, name), call.user());
            files.remove(directory, call.user());
        } catch (FileError problem) {
            throw new IOException(directory + ": " + problem.getMessage());
        }
    }

    @Override
    public void run(List<String> command, Duration limit) throws IOException {
        living();
        var said = new ByteArrayOutputStream();
        var io = FileDescriptors.of(InputStream.nullInputStream(), said, said);
        try (SimProcess child = call.process().child(command.getFirst())) {
            int status = call.launcher()
                .launch(new ProgramCall(call.machine(), command, io, call.environment(), call.directory(), call.user(), child,
                call.launcher()));
            if (status != 0) throw new IOException("exit " + status + ": " + ProgramCall.text(said.toByteArray()).strip());
        } catch (Killed killed) {
            throw new IOException("ended by signal " + killed.signal());
        }
    }

    @Override
    public void complain(String text) {
        if (!dead) call.io().complain("bluerig-pair: " + text);
    }
}
