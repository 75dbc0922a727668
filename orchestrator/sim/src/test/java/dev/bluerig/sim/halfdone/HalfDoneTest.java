package dev.bluerig.sim.halfdone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.BreakOff;
import dev.bluerig.converge.Mode;
import dev.bluerig.converge.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A remedy that was broken off is never taken for done: each step of each remedy fails, hangs, or loses the connection before or after it,
/// and what the machine is like then is compared, file by file and row by row, with a machine on which nothing went wrong.
class HalfDoneTest {
    @TempDir
    Path directory;

    private final List<String> wrong = new ArrayList<>();
    private int brokenOff;

    /// All but rshim, which runs, and what is only asked for.
    @Test
    void tasks_of_the_shipped_bring_up() throws IOException {
        assertEquals(7, mended(new WantedStates(directory).shipped()));
    }

    @Test
    void what_is_wanted_of_machines_from_the_factory() throws IOException {
        var states = new WantedStates(directory);
        var all = new ArrayList<>(states.ofCases());
        all.addAll(states.further());
        assertTrue(mended(all.stream().filter(WantedState::isFirst).toList()) >= 30);
        assertTrue(brokenOff >= 100, () -> brokenOff + " remedies broken off");
    }

    @Test
    @Tag("long")
    void what_is_wanted_after_a_drift() throws IOException {
        var states = new WantedStates(directory);
        var all = new ArrayList<>(states.ofCases());
        all.addAll(states.further());
        assertTrue(mended(all.stream().filter(one -> !one.isFirst()).toList()) >= 100);
    }

    /// How many of the wanted states were different at first and could be mended.
    private int mended(List<WantedState> all) {
        int mended = 0;
        for (WantedState one : all) if (mended(one)) mended++;
        assertEquals(List.of(), wrong);
        return mended;
    }

    private boolean mended(WantedState wanted) {
        var clean = wanted.new Site();
        if (!(clean.play(Mode.APPLY) instanceof Outcome.Changed)) return false;
        int steps = clean.steps();
        assertEquals(new Outcome.Ok(""), clean.play(Mode.ACCEPT), wanted.name());
        MachineState state = clean.state();
        for (BreakOff breakOff : BreakOff.each(steps)) broken(wanted, breakOff, state);
        return true;
    }

    private void broken(WantedState wanted, BreakOff breakOff, MachineState state) {
        brokenOff++;
        var site = wanted.new Site();
        var first = site.play(Mode.APPLY, Optional.of(breakOff));
        boolean lost = first instanceof Outcome.Lost(var failure, boolean acted) && acted;
        if (!lost && !(first instanceof Outcome.Failed(var failure, boolean acted) && acted)) say(wanted, breakOff, "it ends as " + first);
        if (site.play(Mode.ACCEPT) instanceof Outcome.Ok) done(wanted, breakOff, "accepted", site.state().differences(state));
        var second = site.play(Mode.APPLY);
        if (second instanceof Outcome.Ok || second instanceof Outcome.Changed)
            done(wanted, breakOff, "called done by the rerun", site.state().differences(state));
        else say(wanted, breakOff, "the rerun says " + second);
        assertEquals(List.of(), site.unknownCommands(), wanted.name());
    }

    private void done(WantedState wanted, BreakOff breakOff, String what, List<String> differences) {
        if (!differences.isEmpty()) say(wanted, breakOff, what + ", but: " + differences);
    }

    private void say(WantedState wanted, BreakOff breakOff, String what) {
        wrong.add("\n" + wanted.name() + ", " + breakOff + ": " + what);
    }
}
