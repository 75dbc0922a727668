package dev.bluerig.remote;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/// Why JSch could not connect, in words of ours.
final class LoginFailure {
    private LoginFailure() {}

    static Unreachable explain(Throwable failure, Target target, HostKeyCheck hostKeys, Greeting greeting, String methods, int keys) {
        Optional<Unreachable> refusal = hostKeys.refusal(target.where());
        if (refusal.isPresent()) return refusal.get();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Optional<Unreachable> known = ofCause(cause, target);
            if (known.isPresent()) return known.get();
        }
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        if (!greeting.nothing() && !greeting.isSsh()) return notSsh(target, greeting);
        boolean login = message.startsWith("Auth fail") || message.startsWith("Auth cancel") || message.startsWith("USERAUTH fail");
        if (message.toLowerCase(Locale.ROOT).contains("too many authentication failures") || failure instanceof LoginAnswers.NoAnswer || login && !greeting.broken())
            return new Unreachable(Reason.LOGIN_REFUSED, target.where() + ": tried " + tried(methods, keys)
                + "; the server said: " + message.replaceFirst("^Auth (fail|cancel) for methods", "allowed were"));
        if (greeting.broken() || message.contains("closed by foreign host"))
            return new Unreachable(Reason.CONNECTION_LOST, target.where() + ": the other side ended the connection before the login was done"
                + (greeting.nothing() ? "; sshd drops newcomers when too many log in at once (MaxStartups)" : ""), failure);
        return new Unreachable(Reason.CONNECTION_LOST, target.where() + ": " + message, failure);
    }

    /// Servers that are full say so instead of a greeting (sshd.c, "Exceeded MaxStartups", "Not allowed at this time").
    private static Unreachable notSsh(Target target, Greeting greeting) {
        String line = greeting.line();
        if (line.contains("MaxStartups") || line.contains("Not allowed at this time"))
            return new Unreachable(Reason.CONNECTION_LOST, target.where() + ": the server is busy: " + line);
        return new Unreachable(Reason.NOT_SSH, target.where() + ": it says: " + line);
    }

    private static Optional<Unreachable> ofCause(Throwable cause, Target target) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return switch (cause) {
            case JumpProxy.Blocked blocked -> Optional.of(new Unreachable(blocked.reason(), target.where() + ": " + blocked.getMessage()));
            case UnknownHostException unknown -> found(Reason.NAME_UNKNOWN, target, "the name " + target.address() + " does not resolve");
            case NoRouteToHostException noRoute -> found(Reason.NO_ROUTE, target, "no route to " + target.address());
            case PortUnreachableException closed -> found(Reason.REFUSED, target, "the port is unreachable");
            case SocketTimeoutException late -> found(Reason.CONNECT_TIMEOUT, target, "no answer");
            case ConnectException refused -> message.contains("refused") ? found(Reason.REFUSED, target, "connection refused")
                : message.contains("timed out") ? found(Reason.CONNECT_TIMEOUT, target, "no answer")
                : found(Reason.NO_ROUTE, target, String.valueOf(cause.getMessage()));
            case java.net.SocketException socket when message.contains("unreachable") || message.contains("no route") ->
                found(Reason.NO_ROUTE, target, String.valueOf(cause.getMessage()));
            case JSchAlgoNegoFailException none -> found(Reason.NO_COMMON_ALGORITHM, target,
                none.getAlgorithmName() + ": we offer " + none.getJSchProposal() + "; the server offers " + none.getServerProposal());
            default -> Optional.empty();
        };
    }

    private static Optional<Unreachable> found(Reason reason, Target target, String detail) {
        return Optional.of(new Unreachable(reason, target.where() + ": " + detail));
    }

    private static String tried(String methods, int keys) {
        return methods.isEmpty() ? "nothing: there is no key, no agent and no password"
            : methods.replace("publickey", keys == 1 ? "one key" : keys + " keys").replace(",", ", ");
    }
}
