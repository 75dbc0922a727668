package dev.bluerig.remote.ssh;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchSessionDisconnectException;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Unreachable;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Why JSch could not connect, in words of ours.
final class LoginFailure {
    private static final Pattern METHODS = Pattern.compile("^Auth (?:fail|cancel) for methods '([a-z0-9@.,-]*)'$");
    /// pam_nologin(8) prints the file; systemd writes these into it (systemd-user-sessions.service(8)).
    private static final Pattern CLOSED = Pattern.compile("not permitted to log ?in|pam_nologin|system is (booting up|going"
        + " down|shutting down)", Pattern.CASE_INSENSITIVE);
    private static final Pattern BOOTS = Pattern.compile("system is booting up|not permitted to log ?in yet", Pattern.CASE_INSENSITIVE);

    private LoginFailure() {}

    static Unreachable explain(Throwable failure, DialTarget target, HostKeyCheck hostKeys, ServerGreeting greeting, Login.Offer offer) {
        Optional<Unreachable> refusal = hostKeys.refusal(target.where());
        if (refusal.isPresent()) return refusal.get();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Optional<Unreachable> known = ofCause(cause, target);
            if (known.isPresent()) return known.get();
        }
        if (!greeting.nothing() && !greeting.isSsh()) return notSsh(target, greeting);
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        String before = greeting.line().isEmpty() ? "" : "; before its version it said: " + greeting.line();
        LoginAttempt tried = offer.tried();
        Matcher methods = METHODS.matcher(message);
        if (methods.matches() || failure instanceof LoginAnswers.NoAnswer) tried.judged(true);
        if (methods.matches() && (offer.asksMethods() || tried.keyTaken() || tried.accepted()))
            tried.allowed(List.of(methods.group(1).split(",")));
        if (failure instanceof JSchSessionDisconnectException ended) return ended(ended, target, tried, before);
        boolean refused = failure instanceof LoginAnswers.NoAnswer || methods.matches() || message.startsWith("USERAUTH fail");
        if (refused && !greeting.broken())
            return new Unreachable(ConnectionCode.LOGIN_REFUSED, (failure instanceof LoginAnswers.NoAnswer ? message : "") + before);
        if (greeting.broken() && tried.sure()) return closed(target, tried);
        if (greeting.broken() || message.contains("closed by foreign host"))
            return new Unreachable(ConnectionCode.CONNECTION_LOST, target.where() + ": the other side ended the connection before the"
                + " login was done"
                + (greeting.nothing() ? "; sshd drops newcomers when too many log in at once (MaxStartups)" : "") + banner(tried) + before,
                failure);
        return new Unreachable(ConnectionCode.CONNECTION_LOST, target.where() + ": " + ServerText.shown(message), failure);
    }

    /// The server says why it ends the connection (RFC 4253, 11.1); at login that is a refusal.
    private static Unreachable ended(JSchSessionDisconnectException ended, DialTarget target, LoginAttempt tried, String before) {
        String words = ServerText.shown(ended.getDescription());
        tried.endedEarly();
        if (tried.keys() > 0 || tried.password() || words.toLowerCase(Locale.ROOT).contains("authentication"))
            return new Unreachable(ConnectionCode.LOGIN_REFUSED, words + before);
        return new Unreachable(ConnectionCode.CONNECTION_LOST, target.where() + ": the server ended the connection: " + words
            + banner(tried) + before);
    }

    /// Nothing ends a login after the right key or password but the account's own rules.
    private static Unreachable closed(DialTarget target, LoginAttempt tried) {
        String words = tried.lastWords();
        String how = target.where() + ": the server took the " + (tried.keyTaken() ? "key" : "password") + " and ended the connection"
            + (words.isEmpty() ? " without a word" : "; it said: " + words) + banner(tried);
        return new Unreachable(saysClosed(words) ? ConnectionCode.LOGINS_CLOSED : ConnectionCode.ACCOUNT_REFUSED, how);
    }

    /// True of the words with which a machine keeps everybody but root out.
    static boolean saysClosed(String words) {
        return CLOSED.matcher(words).find();
    }

    static boolean boots(Unreachable closed) {
        return closed.reason() == ConnectionCode.LOGINS_CLOSED && BOOTS.matcher(closed.getMessage()).find();
    }

    static String banner(LoginAttempt tried) {
        return tried.banner().isEmpty() ? "" : "; its banner: " + tried.banner();
    }

    /// Servers that are full say so instead of a greeting (sshd.c, "Exceeded MaxStartups", "Not allowed at this time").
    private static Unreachable notSsh(DialTarget target, ServerGreeting greeting) {
        String line = greeting.line();
        if (line.contains("MaxStartups") || line.contains("Not allowed at this time"))
            return new Unreachable(ConnectionCode.CONNECTION_LOST, target.where() + ": the server is busy: " + line);
        return new Unreachable(ConnectionCode.NOT_SSH, target.where() + ": it says: " + line);
    }

    private static Optional<Unreachable> ofCause(Throwable cause, DialTarget target) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return switch (cause) {
            case JumpProxy.Blocked blocked -> Optional.of(new Unreachable(blocked.reason(), target.where() + ": " + blocked.getMessage()));
            case UnknownHostException unknown -> found(ConnectionCode.NAME_UNKNOWN, target,
                "the name " + target.address() + " does not resolve");
            case NoRouteToHostException noRoute -> found(ConnectionCode.NO_ROUTE, target, "no route to " + target.address());
            case PortUnreachableException closed -> found(ConnectionCode.REFUSED, target, "the port is unreachable");
            case SocketTimeoutException late -> found(ConnectionCode.CONNECT_TIMEOUT, target, "no answer");
            case BindException bind -> found(ConnectionCode.NO_ROUTE, target, "BindAddress " + target.route().bind().orElse("") + ": "
                + cause.getMessage());
            case ConnectException refused -> message.contains("refused") ? found(ConnectionCode.REFUSED, target, "connection refused")
                : message.contains("timed out") ? found(ConnectionCode.CONNECT_TIMEOUT, target, "no answer")
                : found(ConnectionCode.NO_ROUTE, target, String.valueOf(cause.getMessage()));
            case java.net.SocketException socket when message.contains("unreachable") || message.contains("no route") ->
                found(ConnectionCode.NO_ROUTE, target, String.valueOf(cause.getMessage()));
            case JSchAlgoNegoFailException none -> found(ConnectionCode.NO_COMMON_ALGORITHM, target,
                none.getAlgorithmName() + ": we offer " + none.getJSchProposal() + "; the server offers " + none.getServerProposal());
            default -> Optional.empty();
        };
    }

    private static Optional<Unreachable> found(ConnectionCode reason, DialTarget target, String detail) {
        return Optional.of(new Unreachable(reason, target.where() + ": " + detail));
    }
}
