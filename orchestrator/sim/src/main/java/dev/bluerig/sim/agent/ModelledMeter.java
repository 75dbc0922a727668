package dev.bluerig.sim.agent;

import dev.bluerig.ktls.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// CPU time as a model: so much for each byte that is copied, and more for each byte that the CPU encrypts or decrypts. All simulated
/// machines share the CPU of one JVM, so measuring would say nothing about any of them. The cost of copying is half of what both ends were
/// measured to need at 128 KiB; that of AES is this lab's invention.
final class ModelledMeter implements Meter {
    static final int CORES = 8;
    private static final double COPY = 0.155e-9;   // CPU seconds for a byte
    private static final double AES = 0.26e-9;
    private static final double SWITCHES = 1 / 65_536.0;

    private final AtomicLong copied = new AtomicLong();
    private final AtomicLong ciphered = new AtomicLong();

    ModelledMeter(SimNetwork network) {
        network.meter(this);
    }

    /// `byCpu`: the record was encrypted or decrypted by the CPU.
    void moved(long bytes, boolean byCpu) {
        copied.addAndGet(bytes);
        if (byCpu) ciphered.addAndGet(bytes);
    }

    @Override
    public Usage now() {
        double user = copied.get() * COPY * 0.1;
        double system = copied.get() * COPY * 0.9 + ciphered.get() * AES;
        var cores = new ArrayList<Double>();
        for (int core = 0; core < CORES; core++) cores.add((user + system) / CORES);
        long switches = Math.round(copied.get() * SWITCHES);
        return new Usage(System.nanoTime() / 1e9, user, system, List.copyOf(cores), switches, switches / 20);
    }
}
