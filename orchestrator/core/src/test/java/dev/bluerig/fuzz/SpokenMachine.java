package dev.bluerig.fuzz;

import dev.bluerig.cases.FakeSession;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A machine that answers what a text says, in the shape of a case's `output.txt` and never too strict: a command that the text does not
/// hold is answered as one of the same program, and else there is no such program. `? T` stands for no answer in time, `? M` for too much.
final class SpokenMachine extends FakeSession {
    private record Answer(String line, Reply reply) {}

    private final List<Answer> answers = new ArrayList<>();
    private final Set<String> absent = new HashSet<>();
    private final List<Command> asked = new ArrayList<>();

    SpokenMachine(String text) {
        String line = "";
        int from = 0;
        for (int end; from <= text.length(); from = end + 1) {
            end = text.indexOf('\n', from);
            if (end < 0) end = text.length();
            if (text.startsWith("$ ", from)) {
                line = text.substring(from + 2, end);
                end = answer(line, text, Math.min(end + 1, text.length())) - 1;
            } else if (text.startsWith("- ", from)) {
                absent.addAll(List.of(text.substring(from + 2, end).split(" ")));
            }
        }
    }

    /// Gives where the next command begins.
    private int answer(String line, String text, int begin) {
        var out = new StringBuilder();
        var err = new StringBuilder();
        String status = "0";
        int from = begin;
        while (from < text.length() && !text.startsWith("$ ", from)) {
            int end = text.indexOf('\n', from);
            if (end < 0) end = text.length();
            if (text.startsWith("! ", from)) err.append(text, from + 2, end).append('\n');
            else if (text.startsWith("? ", from) && end - from <= 5) status = text.substring(from + 2, end);
            else out.append(text, from, end).append('\n');
            from = end + 1;
        }
        answers.add(new Answer(line, reply(status, printed(out), err.toString())));
        return Math.max(from, begin + 1);
    }

    /// The empty line before the next command is the case's, as in a case.
    private static String printed(StringBuilder out) {
        int length = out.length();
        while (length > 0 && out.charAt(length - 1) <= ' ') length--;
        return length == 0 ? "" : out.substring(0, length) + "\n";
    }

    private static Reply reply(String status, String out, String err) {
        if (status.equals("T")) return new Reply.TimedOut(out, err);
        if (status.equals("M")) return new Reply.TooMuch(out, err);
        int number = 0;
        for (int i = 0; i < status.length(); i++) number = (number * 10 + Character.digit(status.charAt(i), 10)) & 255;
        return new Reply.Ran(number, out, err);
    }

    @Override
    protected Reply run(Command command) {
        asked.add(command);
        String line = command.line();
        String program = command.words().getFirst();
        Optional<Answer> same = first(line, false);
        if (same.isPresent()) return same.get().reply;
        if (absent.contains(program)) return missing(program);
        return first(program + " ", true).map(Answer::reply).orElseGet(() -> missing(program));
    }

    private Optional<Answer> first(String line, boolean begins) {
        for (Answer each : answers) if (begins ? each.line.startsWith(line) : each.line.equals(line)) return Optional.of(each);
        return Optional.empty();
    }

    private static Reply missing(String program) {
        return new Reply.Ran(127, "", "sh: 1: " + program + ": not found\n");
    }

    List<Command> asked() {
        return List.copyOf(asked);
    }

    @Override
    protected int commands() {
        return asked.size();
    }
}
