package dev.bluerig.fact;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.Optional;

/// Replies of sources that may be absent: a missing tool (exit 127) says nothing and is no failure.
public final class ToolReplies {
    /// `ip -j` is whole JSON from iproute2 5.0 on; much older ones and busybox do not know the option.
    static final String OLD_IP = " (`ip -V` tells which it is: JSON as it is needed comes with iproute2 5.0; the package is iproute2,"
        + " of RHEL and its kin iproute)";

    private ToolReplies() {}

    /// Why an `ip` that does not know the options failed; empty for all else.
    static String hint(Command command, Reply.Ran ran) {
        String output = ran.err() + ran.out();
        return command.words().getFirst().equals("ip") && (output.contains("BusyBox v") || output.contains("Option \"-j\" is unknown"))
            ? OLD_IP : "";
    }

    /// The output of a command that exited 0.
    public static Optional<String> out(Reply reply) {
        return reply instanceof Reply.Ran ran && ran.ok() ? Optional.of(ran.out()) : Optional.empty();
    }

    /// What was printed, whatever the exit: `lspci -d`, `modinfo` and MFT report errors beside usable text.
    public static String printed(Reply reply) {
        return reply instanceof Reply.Ran ran ? ran.out() : "";
    }

    /// Why a source printed nothing, for a person.
    public static String why(Command command, Reply reply) {
        return switch (reply) {
            case Reply.Ran ran when ran.status() == 127 -> command.words().getFirst() + ": no such program";
            case Reply.Ran ran -> command + ": exit " + ran.status() + firstLine(ran) + hint(command, ran);
            case Reply.TimedOut timedOut -> command + ": no answer within " + command.deadline().toSeconds() + " s";
            case Reply.TooMuch tooMuch -> command + ": printed too much";
            case Reply.NotRun notRun -> notRun(command);
        };
    }

    /// Why a question was not asked.
    static String notRun(Command command) {
        return command + (command.party().isEmpty() ? ": not run" : ": not asked, because " + command.party()
            + " did not answer an earlier question in time");
    }

    public static <T> Reading<T> unknown(Command command, Reply reply) {
        return Reading.unknown(why(command, reply));
    }

    private static String firstLine(Reply.Ran ran) {
        String text = ran.err().isBlank() ? ran.out() : ran.err();
        return text.strip().lines().findFirst().map(line -> ": " + line.strip()).orElse("");
    }
}
