package dev.bluerig.sim.agent;

import dev.bluerig.ktls.agent.Agent;
import dev.bluerig.sim.machine.FileTree;
import dev.bluerig.sim.machine.Killed;
import dev.bluerig.sim.tool.ProgramCall;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// What the `java` of a delivered runtime does on a simulated machine: the agent runs here, in this JVM, with the simulated host around it.
public final class SimAgent {
    private static final int SIGKILL = 9;
    private static final byte[] JAR = {'P', 'K'};

    private SimAgent() {}

    public static int run(ProgramCall call) {
        List<String> words = call.arguments();
        if (words.equals(List.of("-version")) || words.equals(List.of("--version")))
            return version(call, words.getFirst().equals("-version"));
        int at = words.indexOf("-jar");
        if (at < 0 || at + 2 != words.size()) return call.unknown("only `java [OPTIONS] -jar FILE` without words for the agent");
        String jar = words.get(at + 1);
        byte[] content = call.machine().files().find(call.path(jar)).map(entry -> entry.content()).orElse(new byte[0]);
        if (content.length == 0) return call.fail(1, "Error: Unable to access jarfile " + jar);
        if (content.length < 2 || content[0] != JAR[0] || content[1] != JAR[1])
            return call.fail(1, "Error: Invalid or corrupt jarfile " + jar);
        return FileTree.name(jar).equals("bluerig-pair.jar") ? program(call) : call.unknown("a program other than the agent");
    }

    private static int version(ProgramCall call, boolean toErrors) {
        String text = "openjdk version \"" + Runtime.version().feature() + "\" (simulated)";
        if (toErrors) call.io().complain(text);
        else call.line(text);
        return 0;
    }

    /// SIGKILL ends it at once, without a word and without putting anything back; every other signal as EOF does.
    private static int program(ProgramCall call) {
        var ended = new CompletableFuture<Integer>();
        try (var host = new SimHost(call)) {
            var program = new Agent(new Input(call.io().in(), ended), new Output(call.io().out(), ended), host);
            call.process().onSignal(signal -> {
                if (signal != SIGKILL) {
                    program.end();
                    return;
                }
                ended.completeExceptionally(new Killed(SIGKILL));   // first: it must not seem to have ended by itself
                host.die();
                program.end();
            });
            Thread.ofPlatform().daemon().name("pair on " + call.machine().name()).start(() -> {
                try {
                    ended.complete(program.run());
                } catch (RuntimeException | Error wrong) {
                    ended.completeExceptionally(wrong);
                }
            });
            return ended.get();
        } catch (ExecutionException over) {
            if (over.getCause() instanceof Killed killed) throw killed;
            call.machine().unknown("the agent failed inside the lab: " + over.getCause());
            return call.fail(1, "Exception in thread \"main\" " + over.getCause());
        } catch (InterruptedException early) {
            throw new Killed(SIGKILL);
        }
    }

    /// Ends when the process does.
    private static final class Input extends FilterInputStream {
        private final CompletableFuture<Integer> ended;

        private Input(InputStream in, CompletableFuture<Integer> ended) {
            super(in);
            this.ended = ended;
        }

        @Override
        public int read() throws IOException {
            return ended.isDone() ? -1 : super.read();
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            return ended.isDone() ? -1 : super.read(to, offset, length);
        }
    }

    /// Nobody hears a process that is gone.
    private static final class Output extends FilterOutputStream {
        private final CompletableFuture<Integer> ended;

        private Output(OutputStream out, CompletableFuture<Integer> ended) {
            super(out);
            this.ended = ended;
        }

        @Override
        public void write(int one) throws IOException {
            if (!ended.isDone()) out.write(one);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            if (!ended.isDone()) out.write(from, offset, length);
        }
    }
}
