package dev.bluerig.armed;

import dev.bluerig.fact.Reading;
import dev.bluerig.fact.way.WayIn;
import dev.bluerig.guard.Refusal;
import dev.bluerig.remote.Command;
import dev.bluerig.task.diff.Remedy;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Whether what the guard refuses can be armed instead.
public sealed interface Armable {
    record Ready(WayBack back) implements Armable {}

    /// `why`: what is missing for it.
    record Unfit(String why) implements Armable {}

    /// Programs whose work is gone after a reboot. `arping` and `ping` only ask.
    Set<String> PASSING = Set.of("ip", "arping", "ping", "ethtool", "tc", "ovs-ofctl");
    Set<String> PASSING_VERBS = Set.of("start", "stop", "restart", "reload");

    /// `traces`: of earlier ones, and whether systemd runs the machine, so that something can be put back at the next boot.
    static Armable of(Remedy remedy, Refusal refusal, Reading<WayIn> way, ArmedTraces traces) {
        if (refusal.dangers().isEmpty()) return new Unfit("what is to be put back is not known: " + refusal.unseen().orElse(""));
        if (remedy.undo().isEmpty()) return new Unfit("nobody knows how to take it back");
        var waiting = traces.waiting();
        if (waiting.isPresent()) return new Unfit(waiting.get().words());
        var lasting = lasting(remedy);
        if (!traces.booted() && lasting.isPresent())
            return new Unfit("systemd does not run here, so nobody would take back what lasts over a reboot: " + lasting.get());
        return switch (way) {
            case Reading.Known<WayIn>(WayIn seen) -> new Ready(WayBack.of(seen, remedy.does()));
            case Reading.Unknown<WayIn>(String why) -> new Unfit("the way in is not known, so it is not known what it may lose: " + why);
        };
    }

    /// The first command whose work is still there after a reboot.
    private static Optional<Command> lasting(Remedy remedy) {
        return remedy.commands().stream().filter(command -> !passes(command.words())).findFirst();
    }

    private static boolean passes(List<String> words) {
        return PASSING.contains(words.getFirst())
            || words.getFirst().equals("systemctl") && words.size() > 1 && PASSING_VERBS.contains(words.get(1));
    }
}
