package dev.bluerig.ktls.launch;

import dev.bluerig.ktls.linux.LinuxAffinity;
import dev.bluerig.ktls.linux.LinuxMeter;
import dev.bluerig.ktls.linux.LinuxNetwork;
import dev.bluerig.ktls.agent.LocalHost;
import dev.bluerig.ktls.agent.Agent;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The process that bluerig starts on a host.
public final class AgentMain {
    /// What `restore` may take at most before a SIGTERM ends the process all the same.
    private static final int LONGEST_END_SECONDS = 60;

    private AgentMain() {}

    public static void main(String[] words) {
        var complaints = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        if (words.length > 0) {
            complaints.println("bluerig-pair takes no words: it speaks JSON lines on stdin and stdout (docs/pair-protocol.md)");
            System.exit(1);
        }
        var host = new LocalHost(new LinuxNetwork(), new LinuxMeter(), new LinuxAffinity(), complaints);
        var program = new Agent(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out), host);
        var ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> end(program, ended)));
        int code = program.run();
        ended.countDown();
        System.exit(code);
    }

    private static void end(Agent program, CountDownLatch ended) {
        program.end();
        try {
            ended.await(LONGEST_END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException early) {
            Thread.currentThread().interrupt();
        }
    }
}
