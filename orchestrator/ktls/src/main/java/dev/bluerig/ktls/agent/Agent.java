package dev.bluerig.ktls.agent;

import dev.bluerig.ktls.SystemFailure;
import dev.bluerig.ktls.secure.Identity;
import dev.bluerig.ktls.secure.PairFailed;
import dev.bluerig.protocol.AgentCode;
import dev.bluerig.protocol.AgentEvent;
import dev.bluerig.protocol.AgentSettings;
import dev.bluerig.protocol.CertificateKind;
import dev.bluerig.protocol.JsonReader;
import dev.bluerig.protocol.Lease;
import dev.bluerig.protocol.MalformedLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// One end of the pair, from `hello` to the exit code (docs/pair-protocol.md). Has no state outside of itself: several may run in one JVM.
///
/// One thread decides; the others hear lines, say events, and move payload, and tell it notes.
public final class Agent {
    /// How long a program that knows nothing yet waits for its settings.
    private static final Duration SETTINGS_LIMIT = Duration.ofMinutes(5);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final InputStream in;
    private final AgentHost host;
    private final LinkedBlockingQueue<RunEvent> events = new LinkedBlockingQueue<>();
    private final EventWriter writer;
    /// What nearly every run wants, made while nobody has said yet what this one does: a client hears it only when its server listens.
    private final FutureTask<Identity> usual = new FutureTask<>(Identity::ecdsa);

    public Agent(InputStream in, OutputStream out, AgentHost host) {
        this.in = in;
        this.host = host;
        writer = new EventWriter(out, this::end);
    }

    public static int run(InputStream in, OutputStream out, AgentHost host) {
        return new Agent(in, out, host).run();
    }

    /// Runs to the end and returns the exit code. Closes neither stream. Once.
    public int run() {
        writer.say(new AgentEvent.Hello(AgentEvent.VERSION, Runtime.version().toString(), host.architecture(), host.pid()));
        CommandReader.listen(in, events::add);
        Thread.ofPlatform().daemon().name("identity").start(usual);
        int code;
        try {
            code = settled();
        } catch (PairFailed failed) {
            fail(failed);
            code = 1;
        } catch (InterruptedException ending) {
            code = 2;
        }
        writer.close(LAST_WORDS);
        return code;
    }

    /// Ends the program from another thread, as EOF does.
    public void end() {
        events.add(new RunEvent.EndRequested());
    }

    private void fail(PairFailed failed) {
        writer.say(new AgentEvent.Failed(failed.code(), failed.errno(), failed.getMessage()));
    }

    private int settled() throws PairFailed, InterruptedException {
        RunEvent first = events.poll(SETTINGS_LIMIT.toSeconds(), TimeUnit.SECONDS);
        if (first == null) throw new PairFailed(AgentCode.LEASE_OVER, "no settings came for " + SETTINGS_LIMIT.toSeconds() + " seconds");
        return switch (first) {
            case RunEvent.Line(String text) -> leased(settings(text));
            case RunEvent.EndRequested _, RunEvent.Failed _, RunEvent.HandshakeDone _, RunEvent.Connected _, RunEvent.WorkerDone _ -> 2;
        };
    }

    private static AgentSettings settings(String line) throws PairFailed {
        try {
            return AgentSettings.read(JsonReader.read(line));
        } catch (MalformedLine bad) {
            throw new PairFailed(AgentCode.SETTINGS_REFUSED, "settings: " + bad.getMessage());
        }
    }

    /// Whatever happens from here on, `restore` runs.
    private int leased(AgentSettings settings) throws InterruptedException {
        var lease = new LeaseKeeper(host, settings.lifetime());
        try {
            return work(settings, lease);
        } catch (PairFailed failed) {
            fail(failed);
            return 1;
        } catch (RuntimeException bug) {
            fail(FailureCodes.bug(bug));
            return 1;
        } finally {
            lease.end();
        }
    }

    private int work(AgentSettings settings, LeaseKeeper lease) throws PairFailed, InterruptedException {
        try {
            lease.write();
        } catch (IOException refused) {
            throw new PairFailed(AgentCode.OTHER, "cannot write " + Lease.FILE + " in " + settings.lifetime().directory() + ": " + refused);
        }
        List<Integer> cpus = settings.load().cpus();
        if (!cpus.isEmpty()) {
            try {
                host.affinity().confine(cpus);
            } catch (SystemFailure refused) {
                throw new PairFailed(AgentCode.OTHER, "cannot keep to the cores " + cpus, refused);
            }
        }
        try (AgentRun run = new AgentRun(settings, identity(settings.tls().certificate()), lease, host, writer, events)) {
            return run.run();
        }
    }

    private Identity identity(CertificateKind kind) throws InterruptedException {
        try {
            return kind == CertificateKind.ECDSA ? usual.get() : Identity.rsa();
        } catch (ExecutionException bug) {
            throw new IllegalStateException(bug.getCause());
        }
    }
}
