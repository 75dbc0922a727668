package dev.bluerig.remote;

import java.util.Optional;

/// What a failed command printed, in one line or few, for people.
public final class CommandError {
    private static final int MOST = 600;

    private CommandError() {}

    /// Empty when it ended well. A secret command shows nothing of what it printed.
    public static Optional<String> failure(Command command, Reply reply) {
        return switch (reply) {
            case Reply.Ran ran when ran.ok() -> Optional.empty();
            case Reply.Ran ran when ran.status() == 127 -> Optional.of(command + ": no such program on the machine");
            case Reply.Ran ran ->
                Optional.of(command + ": exit " + ran.status() + shown(command, ran.err().isBlank() ? ran.out() : ran.err()));
            case Reply.TimedOut timedOut -> Optional.of(command + ": not finished within " + command.deadline().toSeconds() + " s, ended"
                + shown(command, timedOut.err()));
            case Reply.TooMuch tooMuch -> Optional.of(command + ": printed more than the limit");
            case Reply.NotRun notRun -> Optional.of(command + ": not run");
        };
    }

    private static String shown(Command command, String text) {
        String stripped = text.strip();
        if (command.secret() || stripped.isEmpty()) return "";
        return ": " + (stripped.length() > MOST ? stripped.substring(0, MOST) + "..." : stripped);
    }
}
