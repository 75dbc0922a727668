package dev.bluerig.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.sim.Fault;
import dev.bluerig.sim.SimLab;
import dev.bluerig.sim.SimTopology;
import dev.bluerig.sim.machine.SimMachine;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// Apply again and again while things go wrong with machines drawn by lot: nothing is left behind by it, and once all is mended the next
/// apply ends well. What is held is looked at after each round, in a process that does nothing else.
///
/// Properties: `bluerig.soak.minutes`, `bluerig.soak.machines` (four to a pair), `bluerig.soak.seed`.
@Isolated
@Tag("long")
class SoakTest {
    private static final int MINUTES = Integer.getInteger("bluerig.soak.minutes", 30);
    private static final int PAIRS = (Integer.getInteger("bluerig.soak.machines", 1000) + 3) / 4;
    private static final long SEED = Long.getLong("bluerig.soak.seed", 1);
    private static final int LEAST_ROUNDS = 6;
    private static final int PATIENCE = 6000;
    /// Every tenth machine in a round, and no fewer than two.
    private static final int SHARE = 10;
    /// Threads and descriptors of pools that come and go; KiB of heap for each machine, which remembers what was done to it.
    private static final long FEW = 8;
    private static final long HEAP_OF_A_MACHINE = 64;

    @TempDir
    private Path directory;
    private final Random random = new Random(SEED);
    private final List<SoakSample> samples = new ArrayList<>();
    private final Set<String> struck = new HashSet<>();
    private int faults;
    private int mended;

    @Test
    void applying_for_hours_leaves_nothing_behind() throws IOException, InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(MINUTES).toNanos();
        try (var lab = SimLab.start(SimTopology.of(PAIRS))) {
            var runs = new LabRuns(directory.resolve("runs"), lab.writeInventory(directory.resolve("lab")), Duration.ofSeconds(60));
            assertEquals(0, applied(lab, runs, "0").exit(), "from factory state");
            while (samples.size() < LEAST_ROUNDS || System.nanoTime() < end) round(lab, runs);
        }
        System.out.printf("%d machines, %d rounds of two, %d faults, %d remedies, seed %d: threads %+d, descriptors %+d,"
            + " temporary files %+d, heap %+d KiB of %d%n", 4 * PAIRS, samples.size() - 1, faults, mended, SEED,
            SoakSample.growth(samples, SoakSample::threads), SoakSample.growth(samples, SoakSample::descriptors),
            SoakSample.lastingGrowth(samples, SoakSample::files), SoakSample.growth(samples, SoakSample::heap),
            SoakSample.most(samples, SoakSample::heap));
        assertTrue(SoakSample.growth(samples, SoakSample::threads) <= FEW, samples.toString());
        assertTrue(SoakSample.growth(samples, SoakSample::descriptors) <= FEW, samples.toString());
        assertTrue(SoakSample.lastingGrowth(samples, SoakSample::files) <= 0, samples.toString());
        assertTrue(SoakSample.growth(samples, SoakSample::heap) <= HEAP_OF_A_MACHINE * 4 * PAIRS, samples.toString());
        assertTrue(faults > 0 && mended > 0, "nothing went wrong, or nothing was mended");
    }

    /// One apply under faults, one when they are over: that one must end well.
    private void round(SimLab lab, LabRuns runs) throws IOException, InterruptedException {
        var names = new ArrayList<>(lab.topology().names());
        Collections.shuffle(names, random);
        for (String name : names.subList(0, Math.max(2, names.size() / SHARE))) {
            unset(lab.machine(name));
            struck.add(name);
            if (random.nextInt(4) > 0) strike(lab, name);
        }
        var bad = applied(lab, runs, "under faults");
        assertTrue(Set.of(0, 1, 3).contains(bad.exit()), bad.toString());
        struck.forEach(lab::heal);
        struck.clear();
        var good = applied(lab, runs, "mended");
        assertEquals(0, good.exit(), good.toString());
    }

    /// Something for the next run to mend.
    private static void unset(SimMachine machine) {
        if (machine.kind() == SimMachine.Kind.HOST) machine.turn(machine.port(0), "tls-hw-tx-offload", false);
        else machine.services().stop("openvswitch-switch.service");
    }

    private void strike(SimLab lab, String machine) {
        boolean dpu = machine.startsWith("dpu");
        faults++;
        lab.strike(switch (random.nextInt(dpu ? 7 : 6)) {
            case 0 -> new Fault.RefusedLogin(machine);
            case 1 -> new Fault.ConnectionCut(machine, random.nextInt(60));
            case 2 -> new Fault.FullDisk(machine);
            case 3 -> new Fault.SudoRefused(machine);
            case 4 -> new Fault.MissingCommand(machine, dpu ? "ovs-vsctl" : "ethtool");
            case 5 -> new Fault.Slow(machine, Duration.ofMillis(20));
            default -> new Fault.DeadDpu(machine);
        });
    }

    private LabRuns.Left applied(SimLab lab, LabRuns runs, String how) throws IOException, InterruptedException {
        var left = runs.run("apply", "bring-up");
        mended += left.journal().remedies().values().stream().mapToInt(List::size).sum();
        delete(directory.resolve("runs"));
        for (int looks = 0; lab.sessions() > 0; looks++) {
            assertTrue(looks < PATIENCE, lab.sessions() + " connections stay open");
            Thread.sleep(10);
        }
        if (how.equals("mended")) {
            samples.add(SoakSample.now());
            System.out.printf("round %d: %s%n", samples.size(), samples.getLast());
        }
        return left;
    }

    private static void delete(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path all, IOException failure) throws IOException {
                Files.delete(all);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
