package dev.bluerig.remote;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/// One program to run on a machine: words, never a shell line. The only place that quotes.
///
/// `stdin` travels as bytes of UTF-8; `secret` keeps words and stdin out of journals and reports. `proof`, unless empty, is what it must
/// print to have ended well: for programs whose exit status says something else from version to version. `party`, unless empty, is the
/// daemon that answers a question: when it was silent once, its later questions of the same exchange are not asked.
public record Command(List<String> words, String stdin, Duration deadline, boolean secret, String proof, String party) {
    /// Questions are short; a step says its own deadline when it may take longer.
    public static final Duration DEADLINE = Duration.ofSeconds(20);

    private static final Set<String> BUILTINS = Set.of("alias", "bg", "break", "case", "cd", "command", "continue", "do", "done", "elif",
        "else", "esac", "eval", "exec", "exit", "export", "fc", "fg", "fi", "for", "getopts", "hash", "if", "in", "jobs", "local", "read",
        "readonly", "return", "set", "shift", "source", "then", "times", "trap", "type", "ulimit", "umask", "unalias", "unset", "until",
        "wait", "while", ".", ":");

    public Command {
        words = List.copyOf(words);
        if (words.isEmpty() || !isProgram(words.getFirst()))
            throw new IllegalArgumentException("not a program name: " + words);
        if (BUILTINS.contains(words.getFirst()))
            throw new IllegalArgumentException("a shell builtin is not a program: " + words.getFirst());
        if (!all(proof, c -> isLetterOrDigit(c) || " ,()".indexOf(c) >= 0))
            throw new IllegalArgumentException("a proof is plain text: " + proof);
        if (!all(party, c -> c >= 'a' && c <= 'z' || c == '-')) throw new IllegalArgumentException("a party is a plain name: " + party);
        if (words.stream().anyMatch(word -> word.indexOf(0) >= 0) || stdin.indexOf(0) >= 0)
            throw new IllegalArgumentException("NUL cannot travel in a command: " + words.getFirst());
        if (deadline.isNegative() || deadline.isZero()) throw new IllegalArgumentException("a deadline is positive: " + deadline);
    }

    public static Command of(String... words) {
        return new Command(Arrays.asList(words), "", DEADLINE, false, "", "");
    }

    public static Command of(List<String> words) {
        return new Command(words, "", DEADLINE, false, "", "");
    }

    public Command within(Duration limit) {
        return new Command(words, stdin, limit, secret, proof, party);
    }

    public Command reading(String text) {
        return new Command(words, text, deadline, secret, proof, party);
    }

    public Command hidden() {
        return new Command(words, stdin, deadline, true, proof, party);
    }

    /// Text over exit status: it ended well when it printed this, and only then.
    public Command proving(String text) {
        return new Command(words, stdin, deadline, secret, text, party);
    }

    /// A question to this daemon, whose program ends itself by SIGALRM when it gets no answer, or passes its deadline.
    public Command askedOf(String daemon) {
        return new Command(words, stdin, deadline, secret, proof, daemon);
    }

    /// Whether this reply says that nobody answered in time: 142 is 128 + SIGALRM (signal(7): 14).
    public boolean unanswered(Reply reply) {
        return !party.isEmpty() && (reply instanceof Reply.TimedOut || reply instanceof Reply.Ran ran && ran.status() == Reply.BY_ALARM);
    }

    /// Its exit status as the resident shell tells it, from its own and from what it printed.
    public int judged(int status, String out) {
        if (proof.isEmpty()) return status;
        if (out.contains(proof)) return 0;
        return status == 0 ? 1 : status;
    }

    /// The command as a person would type it: quoted for a POSIX shell.
    public String line() {
        var line = new StringBuilder();
        for (String word : words) line.append(line.isEmpty() ? "" : " ").append(quote(word));
        return line.toString();
    }

    private static String quote(String word) {
        boolean plain = !word.isEmpty() && all(word, c -> isLetterOrDigit(c) || "_@%+=:,./-".indexOf(c) >= 0);
        return plain ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static boolean isProgram(String word) {
        return !word.isEmpty() && word.charAt(0) != '-' && all(word, c -> isLetterOrDigit(c) || "_./+-".indexOf(c) >= 0);
    }

    private static boolean isLetterOrDigit(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    /// Scanned and not matched by a pattern: this runs for every word of every command on every machine.
    private static boolean all(String text, IntPredicate wanted) {
        for (int i = 0; i < text.length(); i++) if (!wanted.test(text.charAt(i))) return false;
        return true;
    }

    /// For people: the line, or the program alone when it is secret.
    @Override
    public String toString() {
        return secret ? words.getFirst() + " ***" : line();
    }
}
