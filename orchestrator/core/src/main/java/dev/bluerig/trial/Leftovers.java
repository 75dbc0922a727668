package dev.bluerig.trial;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What a program of the pair leaves behind that was killed: its run directory, and changes that it was to put back.
final class Leftovers {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Leftovers() {}

    /// Runs every command of `restore`, whatever became of the one before, and removes the run directory when all went well.
    static Depot.Leftover mend(Session session, String directory, List<Command> restore) throws Unreachable {
        List<Command> commands = restore.stream().map(command -> command.within(PATIENCE)).toList();
        List<Reply> replies = session.exchange(Exchange.asking(commands));
        var restored = new ArrayList<String>();
        var failed = new ArrayList<String>();
        for (int i = 0; i < commands.size(); i++) {
            if (replies.get(i) instanceof Reply.Ran ran && ran.ok()) restored.add(commands.get(i).toString());
            else failed.add(commands.get(i) + ": " + said(replies.get(i)));
        }
        if (failed.isEmpty()) session.exchange(Exchange.asking(List.of(Command.of("rm", "-rf", "--one-file-system", directory))));
        return new Depot.Leftover(directory, restored, failed);
    }

    private static String said(Reply reply) {
        return switch (reply) {
            case Reply.Ran ran -> "exit " + ran.status() + ": " + (ran.err().isBlank() ? ran.out() : ran.err()).strip();
            case Reply.TimedOut timedOut -> "no end within " + PATIENCE.toSeconds() + " s";
            case Reply.TooMuch tooMuch -> "printed too much";
            case Reply.NotRun notRun -> "not run";
        };
    }
}
