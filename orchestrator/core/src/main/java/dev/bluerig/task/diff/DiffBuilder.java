package dev.bluerig.task.diff;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.RemoteFile;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Collects what differs on several links into one diff, with the steps in an order that is right for all of them together.
public final class DiffBuilder {
    /// Probes come before anything changes; an address is added before another one goes.
    public enum Phase { PROBE, MTU, UP, LATE_PROBE, ADD, REMOVE, ADD_AGAIN, FLAGS, DOWN, WRITE, APPLY }

    private final Obstacles obstacles = new Obstacles();
    private final List<Change> changes = new ArrayList<>();
    private final Map<Phase, List<Command>> steps = new EnumMap<>(Phase.class);
    private final Map<Phase, List<Command>> undo = new EnumMap<>(Phase.class);
    private final Map<Phase, List<Deed>> does = new EnumMap<>(Phase.class);
    private final Set<Touch> touches = new HashSet<>();
    private final Set<Touch> makes = new HashSet<>();
    private final Set<HeldAddress> takes = new HashSet<>();
    private Change.When when = Change.When.NOW;

    public void change(String what, String expected, String found) {
        changes.add(new Change(what, expected, found, when));
    }

    /// What is added meanwhile is about the next boot.
    public void atBoot(Runnable comparison) {
        when = Change.When.BOOT;
        comparison.run();
        when = Change.When.NOW;
    }

    public void step(Phase phase, Command command) {
        var list = steps.computeIfAbsent(phase, any -> new ArrayList<>());
        if (!list.contains(command)) list.add(command);
    }

    public void step(Phase phase, Command command, Command back) {
        step(phase, command);
        undo(phase, back);
    }

    /// Undone after the undoing of all later phases.
    public void undo(Phase phase, Command back) {
        undo.computeIfAbsent(phase, any -> new ArrayList<>()).addFirst(back);
    }

    /// What a step does to the machine, for the guard.
    public void does(Phase phase, Deed deed) {
        does.computeIfAbsent(phase, any -> new ArrayList<>()).add(deed);
    }

    /// Writes a file; undone by its former content, or by its removal when it is new.
    public void write(String path, String content, String mode, String before) {
        RemoteFile.write(path, content, mode, "").forEach(command -> step(Phase.WRITE, command));
        var back = before.isEmpty() ? List.of(Command.of("rm", "-f", path)) : RemoteFile.write(path, before, mode, "");
        undo.computeIfAbsent(Phase.WRITE, any -> new ArrayList<>()).addAll(0, back);
    }

    /// Removes a file after a command that still needs it; undone by its former content.
    public void remove(String path, String mode, String before, Command first) {
        step(Phase.WRITE, first);
        step(Phase.WRITE, Command.of("rm", "-f", path));
        undo.computeIfAbsent(Phase.WRITE, any -> new ArrayList<>()).addAll(0, RemoteFile.write(path, before, mode, ""));
    }

    /// The link may lose traffic.
    public void touch(String link) {
        touches.add(new Touch.Link(link));
    }

    public void takes(HeldAddress address) {
        takes.add(address);
    }

    /// The link is set up, and may lead somewhere that nothing led to before.
    public void makes(String link) {
        makes.add(new Touch.Link(link));
    }

    /// Only a person can close this. `next` empty: the finding's own.
    public void unmet(Finding finding, Change change, String next) {
        obstacles.add(finding, when == Change.When.NOW ? change : change.at(when), next);
    }

    /// Another link of this machine has the address.
    public void elsewhere(HeldAddress held, Change change) {
        obstacles.add(held, change);
    }

    /// An obstacle on one link stops the others too: a task is one remedy.
    public Diff diff() {
        var unmet = obstacles.unmet();
        if (unmet.isPresent()) return unmet.get().with(changes);
        if (changes.isEmpty()) return new Diff.Same();
        var commands = new ArrayList<Command>();
        steps.values().forEach(commands::addAll);
        var back = new ArrayList<Command>();
        undo.forEach((phase, list) -> back.addAll(0, list));
        var deeds = does.values().stream().flatMap(List::stream).toList();
        return new Diff.Mendable(changes, Remedy.of(commands, back, touches).doing(deeds).making(makes).taking(takes));
    }
}
