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
        System.out.printf("%d draws: %d cut, of these %d let pass; %d harmless, of these %d refused%n", many, cut, passed.size(), harmless,
            refused.size());
        refused.forEach(told -> System.out.println("refused though harmless: " + told));
        assertEquals(List.of(), passed, "let pass, and the machine answered no more");
    }

    private void one(WayLab lab, long seed) {
        var random = new Random(seed * 7919);
        var world = new WayWorld(random);
        var change = WayChange.draw(world, random);
        if (change.deeds().isEmpty()) return;
        try {
            lab.build(world);
            assertTrue(lab.answers(world, PATIENT), "seed " + seed + ": nobody answered before anything was changed: " + world);
            var remedy = Remedy.of(List.of(Command.of("true")), List.of(), Set.of()).doing(change.deeds());
            var refusal = new WayGuard(lab.way(world), Map.of()).refusal(remedy);
            lab.change(change);
            boolean answers = lab.answers(world, refusal.isEmpty() ? PATIENT : 1);
            String told = "seed " + seed + ": " + change.deeds() + " on " + world + ": " + refusal.map(Refusal::words).orElse("let pass");
            if (answers) harmless++;
            else cut++;
            if (answers && refusal.isPresent()) refused.add(told);
            if (!answers && refusal.isEmpty()) passed.add(told);
        } finally {
            lab.clear(world);
        }
    }
}
