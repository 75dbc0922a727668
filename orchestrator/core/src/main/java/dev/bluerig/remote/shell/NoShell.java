package dev.bluerig.remote.shell;

import dev.bluerig.remote.ConnectionCode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Why no shell came, judged by what was printed instead. Pure; the words are those of sudo 1.8 to 1.9, sudo-rs, and the shells (sudo:
/// plugins/sudoers and plugins/sudoers/auth/pam.c, src/tgetpass.c; sudo-rs: src/common/error.rs, src/pam/error.rs).
///
/// - `sudo`: one was to be asked.
/// - `began`: the login shell ran our line as far as its first word.
record NoShell(boolean sudo, boolean began, Cause how, int status, String output) {
    /// - `ENDLESS`: it prints and prints.
    /// - `FOREIGN`: another program took our script for its own.
    enum Cause { ENDED, SILENT, ENDLESS, FOREIGN }

    private record ErrorPattern(ConnectionCode reason, Pattern pattern) {
        ErrorPattern(ConnectionCode reason, String pattern) {
            this(reason, Pattern.compile(pattern));
        }
    }

    private static final int NO_SUCH_PROGRAM = 127;

    /// What sudo, PAM and sshd say of it, and no advice of an rc file or a lecture ("change your password regularly").
    private static final Pattern EXPIRED = Pattern.compile("(?m)sudo(-rs)?: [^\\n]{0,80}(password is expired|password expired|password"
        + " has expired|expired password|change your password)"
        + "|(?<!if )your password has expired|password change required|you are required to change your password|you must change your"
        + " password( now| before|[.!]?$)");
    /// The first that is found counts; the text is in lower case.
    private static final List<ErrorPattern> WORDS = List.of(
        new ErrorPattern(ConnectionCode.PASSWORD_EXPIRED, EXPIRED.pattern()),
        new ErrorPattern(ConnectionCode.ACCOUNT_REFUSED, "account validation failure|account has expired|account expired|pam account"
        + " management"
        + " error|account is locked"),
        new ErrorPattern(ConnectionCode.SUDO_NEEDS_TERMINAL, "must have a tty"),
        new ErrorPattern(ConnectionCode.SUDO_NOT_FOR_SHELL, "not allowed to execute|may not run (?!sudo)"),
        new ErrorPattern(ConnectionCode.SUDO_REFUSED, "not in the sudoers file|not allowed to run sudo|may not run sudo|i'm afraid i"
        + " can't do"
        + " that|not allowed to authenticate"),
        new ErrorPattern(ConnectionCode.SUDO_PASSWORD_WRONG, "incorrect password attempt|incorrect authentication attempt|sorry, try"
        + " again|authentication failed, try again"),
        new ErrorPattern(ConnectionCode.SUDO_PASSWORD_WANTED, "a password is required|interactive authentication is required|a terminal is"
        + " required|no tty present|no askpass program"),
        new ErrorPattern(ConnectionCode.SHELL_UNUSABLE, "exec: restricted|restricted: cannot"),
        new ErrorPattern(ConnectionCode.SUDO_MISSING, "(sudo|env): (command )?not found|command not found: (sudo|env)|unknown command:?"
        + " '?(sudo|env)|(sudo|env): inaccessible or not found|sudo['’]?: no such file"));

    /// True when it is printed that the password must be changed first.
    static boolean expired(String output) {
        return EXPIRED.matcher(output.toLowerCase(Locale.ROOT)).find();
    }

    /// The rules that `sudo -l` lists, on one line.
    static String granted(String listed) {
        int from = listed.indexOf("may run the following commands");
        String rules = from < 0 ? "" : listed.substring(from).lines().skip(1).map(String::strip).filter(line -> !line.isEmpty())
            .collect(Collectors.joining("; "));
        return rules.length() > 300 ? rules.substring(0, 300) + "..." : rules;
    }

    /// Where sudo is though the login shell's PATH does not lead there: `printed` is that PATH, and below it the files that are there.
    static Optional<String> hidden(String printed) {
        List<String> lines = printed.lines().map(String::strip).toList();
        int first = 0;
        while (first < lines.size() && !lines.get(first).matches("/(usr/|usr/local/)?bin/sudo")) first++;
        if (first == lines.size()) return Optional.empty();
        String path = first == 0 ? "" : lines.get(first - 1);
        String shown = path.length() > 200 ? path.substring(0, 200) + "..." : path;
        return Optional.of("sudo is there, at " + lines.get(first) + ": the PATH of the login shell does not lead to it (`" + shown
            + "`); an rc file sets it, such as ~/.bashrc, ~/.zshenv, ~/.ssh/environment");
    }

    ConnectionCode reason() {
        if (expired(output)) return ConnectionCode.PASSWORD_EXPIRED;
        if (!began || how == Cause.FOREIGN || how == Cause.ENDLESS || !sudo) return ConnectionCode.SHELL_UNUSABLE;
        String lower = output.toLowerCase(Locale.ROOT);
        return WORDS.stream().filter(word -> word.pattern().matcher(lower).find()).findFirst().map(ErrorPattern::reason)
            .orElse(status == NO_SUCH_PROGRAM ? ConnectionCode.SUDO_MISSING : ConnectionCode.SUDO_REFUSED);
    }

    String text(long seconds) {
        ConnectionCode reason = reason();
        String what = reason == ConnectionCode.PASSWORD_EXPIRED ? "logged in, but no program may run before the password is changed"
            : reason == ConnectionCode.SHELL_UNUSABLE ? "logged in, but " + shell() : "logged in, but sudo did not start a root shell";
        String shown = output.isBlank() ? "" : "; it said: " + lastLines(output);
        return what + switch (how) {
            case SILENT -> ", and nothing more came within " + seconds + " s" + shown;
            case ENDED -> output.isBlank() ? "; it ended without a word" + (status < 0 ? "" : ", exit status " + status) : shown;
            case ENDLESS, FOREIGN -> shown;
        };
    }

    private String shell() {
        return switch (how) {
            case ENDLESS -> "the account's rc files print without end";
            case FOREIGN -> "another program took what was meant for /bin/sh: an rc file starts it in the login shell's place";
            case ENDED, SILENT -> began ? "the login shell started no /bin/sh"
                : "the login shell did not come to run what it was asked for";
        };
    }

    private static String lastLines(String output) {
        String[] lines = output.strip().split("\\R");
        var text = new StringBuilder();
        for (int i = Math.max(0, lines.length - 3); i < lines.length; i++)
            text.append(text.isEmpty() ? "" : " / ").append(lines[i].strip());
        return text.length() > 300 ? text.substring(0, 300) + "..." : text.toString();
    }
}
