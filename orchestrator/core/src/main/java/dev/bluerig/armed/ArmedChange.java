package dev.bluerig.armed;

import dev.bluerig.remote.Command;
import dev.bluerig.task.diff.Remedy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One remedy that the machine takes back by itself `after` some time, unless it is disarmed before. All that it needs for that lies in a
/// directory of its own there, which only root reads.
///
/// `name`: of the directory and of units; of one run, machine and remedy alone.
public record ArmedChange(String name, Remedy remedy, WayBack back, Duration after) {
    /// Not below /run, which a reboot empties.
    public static final String ROOT = "/var/lib/bluerig/armed";

    /// In seconds, as it may be wished. That the old connection is lost is noticed after 20 of them; and nobody waits longer than the most
    /// for a machine to come back.
    public static final int USUAL = 120;
    public static final int LEAST = 40;
    public static final int MOST = 3600;

    /// Armed changes of the longest name that is met, several digits included, are still names of files and units.
    private static final int LONGEST = 120;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    public ArmedChange {
        name = name.replaceAll("[^A-Za-z0-9_.-]", "-");
        if (name.length() > LONGEST) name = name.substring(name.length() - LONGEST);
        name = name.replaceFirst("^[.-]+", "");
        if (name.isEmpty()) throw new IllegalArgumentException("an armed change without a name");
        if (after.toSeconds() < 1) throw new IllegalArgumentException("an armed change needs time: " + after);
    }

    public String directory() {
        return ROOT + "/" + name;
    }

    String script() {
        return directory() + "/restore.sh";
    }

    /// Makes the directory, which must be new, and arms. The last one says `armed` when the timer runs and the next boot is seen to.
    public List<Command> arming() {
        var commands = new ArrayList<>(List.of(Command.of("install", "-d", "-m", "0700", ROOT),
            Command.of("mkdir", "-m", "0700", directory())));
        var script = new RestoreScript(this);
        script.inputs().forEach((file, content) -> commands.add(Command.of("install", "-m", "0600", "/dev/stdin", directory() + "/" + file)
            .reading(content).hidden()));
        commands.add(Command.of("install", "-m", "0700", "/dev/stdin", script()).reading(script.text()));
        commands.add(Command.of("sh", script(), "arm").proving("armed").within(PATIENCE));
        return List.copyOf(commands);
    }

    /// Fails as long as nobody took the lease away, and so goes between the commands of the remedy: none of them comes after what takes
    /// them back.
    public Command stillArmed() {
        return Command.of("test", "-e", directory() + "/lease.json");
    }

    /// Fails when the machine has begun to put it back.
    public Command disarming() {
        return Command.of("sh", script(), "disarm").within(PATIENCE);
    }

    /// At once; goes on when the connection is lost by it.
    public Command firing() {
        return Command.of("setsid", "sh", script(), "fire").within(PATIENCE);
    }

    /// Prints how it ended when all is put back, and fails before.
    public Command result() {
        return Command.of("cat", directory() + "/result");
    }

    public Command forgetting() {
        return Command.of("rm", "-rf", "--one-file-system", directory());
    }
}
