package dev.bluerig.cli;

import dev.bluerig.remote.hostkey.KnownHosts;
import dev.bluerig.remote.hostkey.PublicKeyText;
import dev.bluerig.remote.ssh.Enrolment;
import dev.bluerig.source.Secret;
import dev.bluerig.source.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Asks the person at the keyboard what enrolling one machine needs, and knows what to do next when the answer stopped it.
final class PersonAtTerminal implements Enrolment.Person {
    private static final int TRIES = 3;

    private final Terminal terminal;
    private final boolean yes;
    private final List<Secret> typed = new ArrayList<>();
    private Optional<String> next = Optional.empty();

    PersonAtTerminal(Terminal terminal, boolean yes) {
        this.terminal = terminal;
        this.yes = yes;
    }

    /// Present when a missing or negative answer was what stopped the machine.
    Optional<String> next() {
        return next;
    }

    /// What nobody may see again.
    List<Secret> typed() {
        return List.copyOf(typed);
    }

    @Override
    public boolean trusts(String machine, PublicKeyText shown, List<KnownHosts.Entry> onFile) {
        terminal.say(machine + " shows the host key " + shown.type() + " " + shown.fingerprint());
        for (KnownHosts.Entry entry : onFile)
            terminal.say("  on file is " + entry.key().type() + " " + entry.key().fingerprint() + " (" + entry.at() + ")");
        if (yes) return true;
        Optional<String> answer = terminal.keyboard()
            .line("Is this the key that `ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub` shows on its console? yes or no: ");
        if (answer.isEmpty())
            next = Optional.of("nobody could be asked: run this in a terminal, or compare the fingerprint with the machine's console"
                + " and say --yes");
        else if (!answer.get().strip().toLowerCase(Locale.ROOT).equals("yes"))
            next = Optional.of("nothing was filed; compare the fingerprint with the machine's console, then do this again");
        else return true;
        return false;
    }

    @Override
    public Optional<Secret> password(String machine, String user) {
        return asked("password of " + user + " on " + machine + ": ");
    }

    @Override
    public Optional<Secret> newPassword(String machine, String user) {
        for (int i = 0; i < TRIES; i++) {
            Optional<Secret> first = asked("a new password for " + user + " on " + machine + ": ");
            if (first.isEmpty()) return first;
            if (first.equals(asked("the same again: "))) return first;
            terminal.complain("the two differ");
        }
        next = Optional.of("do this again and type the same new password twice");
        return Optional.empty();
    }

    private Optional<Secret> asked(String question) {
        Optional<Secret> answer = terminal.keyboard().hidden(VisibleText.of(question));
        if (answer.isEmpty()) next = Optional.of("nobody could be asked for a password: run this in a terminal");
        answer.ifPresent(typed::add);
        return answer;
    }
}
