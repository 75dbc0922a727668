package dev.bluerig.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsLab;
import dev.bluerig.remote.Command;
import dev.bluerig.task.diff.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Drawn machines and changes: what the guard says beside what the machine's own kernel and switch then do.
@Execution(ExecutionMode.CONCURRENT)
@NeedsLab(value = {"ip", "bridge", "ping", "sysctl", "ovs-vsctl", "ovsdb-server", "ovs-vswitchd"}, root = true)
class WayGuardOnRealLinksTest {
    /// Before a word is cut off by haste.
    private static final int PATIENT = 8;

    long[] T=new long[6];
    private int cut;
    private int harmless;
    private final List<String> passed = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    @Test
    void no_way_is_cut_that_the_guard_let_pass() {
        draw(20261129, 24);
        assertEquals(List.of(), refused, "refused, and the machine still answered");
    }

    @Tag("long")
    @Test
    void no_way_is_cut_that_the_guard_let_pass_in_many_draws() {
        draw(7, Integer.getInteger("bluerig.ways", 600));
        assertTrue(refused.size() * 100 <= harmless, refused.size() + " of " + harmless + " harmless changes refused:\n"
            + String.join("\n", refused));
    }

    private void draw(long seed, int many) {
        try (var lab = new WayLab()) {
            for (int i = 0; i < many; i++) one(lab, seed + i);
        }
        for (long t : T) System.out.print(t/1000000+" ms ");
        System.out.printf("%d draws: %d cut, of these %d let pass; %d harmless, of these %d refused%n", many, cut, passed.size(), harmless,
            refused.size());
        assertEquals(List.of(), passed, "let pass, and the machine answered no more");
    }

    private void one(WayLab lab, long seed) {
        var random = new Random(seed * 7919);
        var world = new WayWorld(random);
        var change = WayChange.draw(world, random);
        if (change.deeds().isEmpty()) return;
        try {
            long t0=System.nanoTime(); lab.build(world); long t1=System.nanoTime();
            assertTrue(lab.answers(world, PATIENT), "seed " + seed + ": nobody answered before anything was changed: " + world);
            long t2=System.nanoTime();
            var remedy = Remedy.of(List.of(Command.of("true")), List.of(), Set.of()).doing(change.deeds());
            var refusal = new WayGuard(lab.way(world), Map.of()).refusal(remedy);
            long t3=System.nanoTime();lab.change(change);long t4=System.nanoTime();
            boolean answers = lab.answers(world, refusal.isEmpty() ? PATIENT : 1);
            long t5=System.nanoTime();T[0]+=t1-t0;T[1]+=t2-t1;T[2]+=t3-t2;T[3]+=t4-t3;T[4]+=t5-t4;
            String told = "seed " + seed + ": " + change.deeds() + " on " + world + ": " + refusal.map(Refusal::words).orElse("let pass");
            if (answers) harmless++;
            else cut++;
            if (answers && refusal.isPresent()) refused.add(told);
            if (!answers && refusal.isEmpty()) passed.add(told);
        } finally {
            long t6=System.nanoTime();lab.clear(world);T[5]+=System.nanoTime()-t6;
        }
    }
}
