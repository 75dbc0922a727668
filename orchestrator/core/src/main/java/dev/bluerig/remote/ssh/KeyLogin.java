package dev.bluerig.remote.ssh;

import com.jcraft.jsch.Identity;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Unreachable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Gets in with many keys: sshd ends a connection after a few that it does not take (MaxAuthTries, usually 6), so they are offered in
/// portions, each on a connection of its own. The password is given once, and on a connection of its own when the keys have used up the one
/// they shared.
final class KeyLogin {
    /// Below the usual limit, so that a password still fits. An RSA key counts twice: it is tried with two signatures.
    private static final int PORTION = 4;
    /// Later servers shut out who fails often (sshd_config(5), PerSourcePenalties).
    private static final int CONNECTIONS = 3;

    private final DialTarget target;
    private final HostKeyCheck hostKeys;
    private final LoginAnswers answers;
    private final Duration limit;
    private final List<LoginAttempt> tried = new ArrayList<>();
    private List<Identity> left;
    private Optional<List<String>> allowed = Optional.empty();
    private String lastWords = "";

    KeyLogin(DialTarget target, HostKeyCheck hostKeys, List<Identity> keys, Duration limit) {
        this.target = target;
        this.hostKeys = hostKeys;
        this.answers = new LoginAnswers(target.methods().stream().anyMatch(method -> !method.equals("publickey"))
            ? target.password().map(secret -> secret.reveal()) : Optional.empty());
        this.left = target.methods().contains("publickey") ? keys : List.of();
        this.limit = limit;
    }

    /// `careful`: even a single key is signed only when the server would take it.
    Login.Connected in(Optional<JschTransport> jump, boolean careful) throws Unreachable {
        boolean passwordAlone = false;
        for (int number = 1; ; number++) {
            List<Identity> portion = passwordAlone ? List.of() : portion();
            Login.Offer offer = offer(portion, careful, number);
            try {
                return new Login(target, hostKeys, offer, limit).connect(jump);
            } catch (Unreachable refused) {
                if (answers.changeWanted())
                    throw new Unreachable(ConnectionCode.PASSWORD_EXPIRED, target.where() + ": the server asks for a new password",
                        refused);
                if (refused.reason() != ConnectionCode.LOGIN_REFUSED) throw refused;
                lastWords = refused.getMessage();
            }
            after(offer.tried());
            passwordAlone = offer.tried().ended() && answers.untried();
            if (!passwordAlone && (left.isEmpty() || number >= CONNECTIONS)) throw refused(jump);
        }
    }

    private Login.Offer offer(List<Identity> portion, boolean careful, int number) {
        var next = new LoginAttempt(portion.size() > 1 || careful || number > 1);
        tried.add(next);
        var methods = target.methods().stream().filter(method -> method.equals("publickey") ? !portion.isEmpty() : answers.untried())
            .toList();
        boolean asks = answers.untried() || number > 1;
        return new Login.Offer(portion, answers.into(next), String.join(",", methods), asks, next);
    }

    private List<Identity> portion() {
        int count = 0;
        int weight = 0;
        while (count < left.size() && (count == 0 || weight + weight(left.get(count)) <= PORTION)) weight += weight(left.get(count++));
        return left.subList(0, count);
    }

    private static int weight(Identity key) {
        return key.getAlgName().startsWith("ssh-rsa") ? 2 : 1;
    }

    /// Keys that were not even offered are not left: the server takes none.
    private void after(LoginAttempt last) {
        if (last.allowed().isPresent()) allowed = last.allowed();
        boolean taken = allowed.isEmpty() || allowed.get().contains("publickey");
        left = taken ? left.subList(Math.min(left.size(), last.keys()), left.size()) : List.of();
    }

    private Unreachable refused(Optional<JschTransport> jump) {
        if (allowed.isEmpty() && tried.stream().noneMatch(LoginAttempt::accepted)) ask(jump);
        boolean nothingFits = allowed.isPresent()
            && target.methods().stream().noneMatch(method -> allowed.get().contains(method) && has(method));
        boolean accepted = tried.stream().anyMatch(LoginAttempt::accepted);
        boolean keysAlone = allowed.isPresent()
            && allowed.get().stream().noneMatch(method -> method.equals("password") || method.equals("keyboard-interactive"));
        ConnectionCode reason = !target.missing().isEmpty() && (accepted || !nothingFits) ? ConnectionCode.SECRET_MISSING
            : accepted ? ConnectionCode.KEY_NOT_ENOUGH
            : nothingFits ? ConnectionCode.METHOD_NOT_ALLOWED
            : keysAlone ? ConnectionCode.KEYS_REFUSED : ConnectionCode.LOGIN_REFUSED;
        return new Unreachable(reason, target.where() + ": tried " + what() + how()
            + (accepted ? more() : allowed.map(ways -> "; the server allows " + String.join(", ", ways)).orElse(""))
            + (lastWords.isBlank() ? "" : "; the server said: " + lastWords) + banner() + rest() + target.withoutSecrets());
    }

    /// What is wanted beside the key. When the server's question was not answered it did not come to list the ways.
    private String more() {
        Optional<List<String>> wanted = tried.stream().filter(LoginAttempt::accepted).findFirst().flatMap(LoginAttempt::allowed);
        return "; the key was accepted; the machine wants " + wanted.map(ways -> String.join(" or ", ways)).orElse("an answer")
            + " as well";
    }

    private boolean has(String method) {
        return method.equals("publickey") ? tried.stream().anyMatch(each -> each.keys() > 0) : target.password().isPresent();
    }

    /// One more connection that tries nothing, so that the next step can be the right one.
    private void ask(Optional<JschTransport> jump) {
        Login.Offer nothing = Login.Offer.nothing(true);
        try {
            new Login(target, hostKeys, nothing, limit).connect(jump).cut().run();
        } catch (Unreachable asExpected) {
            allowed = nothing.tried().allowed();
        }
    }

    private String what() {
        int keys = tried.stream().mapToInt(LoginAttempt::keys).sum();
        var what = new ArrayList<String>();
        if (keys > 0) what.add(keys == 1 ? "one key" : keys + " keys");
        if (tried.stream().anyMatch(LoginAttempt::password)) what.add("the password");
        if (!what.isEmpty()) return String.join(" and ", what);
        return target.password().isPresent() || !left.isEmpty() ? "nothing" : "nothing: there is no key, no agent and no password";
    }

    private String how() {
        var counts = tried.stream().filter(LoginAttempt::ended).map(each -> each.keys() == 1 ? "one key" : each.keys() + " keys").distinct()
            .toList();
        return (tried.size() == 1 ? "" : " on " + tried.size() + " connections")
            + (counts.isEmpty() ? "" : "; it ended the connection after " + String.join(", then ", counts));
    }

    private String banner() {
        return tried.stream().map(LoginFailure::banner).filter(text -> !text.isEmpty()).findFirst().orElse("");
    }

    private String rest() {
        return left.isEmpty() ? "" : "; " + left.size() + " more " + (left.size() == 1 ? "key was" : "keys were")
            + " not tried: name the right one with `ssh.identity`";
    }
}
