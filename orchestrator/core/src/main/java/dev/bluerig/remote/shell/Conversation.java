package dev.bluerig.remote.shell;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Unreachable;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// One exchange on its way: which commands are answered, which come next, and what to do about one that does not end.
final class Conversation {
    /// A step is ended by `timeout` on the machine; only when that fails from here.
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Duration AFTER_TERM = Duration.ofSeconds(2);
    private static final Duration AFTER_KILL = Duration.ofSeconds(5);
    private static final int BY_TIMEOUT = 124;
    /// What busybox's own `timeout` gives: the status of what it ended by TERM (128 + 15), tried with 1.35.
    private static final int BY_BUSYBOX_TIMEOUT = 143;
    private static final int BY_SIGNAL = 128;

    private final Exchange exchange;
    private final List<Reply> replies = new ArrayList<>();
    private final Set<String> silent = new TreeSet<>();
    private boolean failed;
    private int room;

    /// `room`: how many bytes of output are kept, of all commands together.
    Conversation(Exchange exchange, int room) {
        this.exchange = exchange;
        this.room = room;
    }

    boolean finished() {
        return replies.size() == exchange.size();
    }

    List<Reply> replies() {
        return List.copyOf(replies);
    }

    /// Goes on with this shell; false when the shell is of no more use and the rest needs another.
    boolean over(Shell shell, ShellStarter starter) throws Unreachable {
        int base = shell.nextNumber() - replies.size();
        shell.allow(room);
        try {
            return over(shell, starter, base);
        } finally {
            room = shell.room();
        }
    }

    private boolean over(Shell shell, ShellStarter starter, int base) throws Unreachable {
        int sent = send(shell, shell.framing().begin(failed, silent));
        if (shell.pid() == 0) greet(shell, starter);
        long since = System.nanoTime();
        while (!finished()) {
            int at = replies.size();
            Command command = command(at);
            switch (shell.next(base + at, since + patience(at).toNanos())) {
                case Shell.Event.Answered(Decoder.Frame frame) -> {
                    long now = System.nanoTime();
                    answered(reply(at, frame, Duration.ofNanos(now - since), shell), frame.label());
                    since = now;
                    if (!finished() && replies.size() == sent) sent = send(shell, new byte[0]);
                }
                case Shell.Event.Ready ready -> shell.feed(Framing.payload(command), patience(at));
                case Shell.Event.Overflowing overflowing when at >= exchange.steps().size() -> {
                    end(shell, starter, base, true);
                    return false;
                }
                case Shell.Event.Overflowing overflowing -> {}          // a step is not cut short for what it prints
                case Shell.Event.Silent silent -> {
                    end(shell, starter, base, false);
                    return false;
                }
                case Shell.Event.Ended ended -> throw lost(starter, command);
            }
        }
        return true;
    }

    /// Sends what can be sent without waiting: up to and including the next command with a payload. Returns how many are sent by now.
    private int send(Shell shell, byte[] first) throws Unreachable {
        var script = new ByteArrayOutputStream();
        script.writeBytes(first);
        int at = replies.size();
        boolean wait = false;
        while (at < exchange.size() && !wait) {
            Command command = command(at);
            boolean step = at < exchange.steps().size();
            wait = Framing.isLarge(command);
            String own = shell.announce(step || !command.party().isEmpty() ? AwaitedMarker.Kind.STEP : AwaitedMarker.Kind.QUESTION, wait);
            script.writeBytes(step ? shell.framing().step(own, command) : shell.framing().question(own, command));
            at++;
        }
        shell.send(script.toByteArray());
        return at;
    }

    private static void greet(Shell shell, ShellStarter starter) throws Unreachable {
        switch (shell.next(0, System.nanoTime() + starter.patience().toNanos())) {
            case Shell.Event.Answered(Decoder.Frame frame) -> starter.greeted(shell, frame);
            case Shell.Event.Ended ended -> throw starter.unusable(shell, NoShell.Cause.ENDED);
            case Shell.Event.Silent silent -> throw starter.unusable(shell, NoShell.Cause.SILENT);
            case Shell.Event.Ready ready -> throw new IllegalStateException("a greeting has no payload");
            case Shell.Event.Overflowing overflowing -> throw starter.unusable(shell, NoShell.Cause.ENDLESS);
        }
    }

    private Reply reply(int at, Decoder.Frame frame, Duration took, Shell shell) {
        if (frame.label().equals("-")) return new Reply.NotRun();
        int status = Integer.parseInt(frame.label());
        boolean step = at < exchange.steps().size();
        // measured here, from marker to marker, so a little less than the machine's own clock may be enough
        if (step && (status == BY_TIMEOUT || status == BY_BUSYBOX_TIMEOUT)
            && took.compareTo(command(at).deadline().multipliedBy(8).dividedBy(10)) >= 0)
            return new Reply.TimedOut(frame.out(), frame.err());
        if (frame.cut()) return new Reply.TooMuch(frame.out(), frame.err());
        return new Reply.Ran(status, frame.out(), status == 0 ? frame.err() : MissingRights.noted(frame.err(), shell.user()));
    }

    private void answered(Reply reply, String label) {
        if (command(replies.size()).unanswered(reply)) silent.add(command(replies.size()).party());
        failed |= replies.size() < exchange.steps().size() && !label.equals("0");
        replies.add(reply);
    }

    /// Ends the command that is running, and the shell with it, through a second channel; records what became of it.
    private void end(Shell shell, ShellStarter starter, int base, boolean tooMuch) throws Unreachable {
        int target = replies.size();
        boolean gone = signal(shell, starter, base, target, tooMuch, "TERM", AFTER_TERM)
            || signal(shell, starter, base, target, tooMuch, "KILL", AFTER_KILL);
        if (replies.size() == target) {
            String note = gone ? "" : "\nbluerig: it could not be ended and may still run";
            answered(ended(shell.pendingOut(), shell.pendingErr() + note, tooMuch), "");
        }
    }

    /// True when the shell is gone. Answers that still arrive count: the command may have ended by itself in the meantime, and then the
    /// signal hit the next one.
    private boolean signal(Shell shell, ShellStarter starter, int base, int target, boolean tooMuch, String signal, Duration wait)
        throws Unreachable {
        Shell second = starter.running(Framing.ending(shell.pid(), signal));
        try {
            long until = System.nanoTime() + wait.toNanos();
            while (true) {
                switch (shell.next(base + replies.size(), until)) {
                    case Shell.Event.Answered(Decoder.Frame frame) -> late(frame, target, tooMuch, shell);
                    case Shell.Event.Ended ended -> {
                        return true;
                    }
                    case Shell.Event.Silent silent -> {
                        return false;
                    }
                    case Shell.Event.Ready ready -> {}
                    case Shell.Event.Overflowing overflowing -> {}
                }
            }
        } finally {
            second.close();
        }
    }

    private void late(Decoder.Frame frame, int target, boolean tooMuch, Shell shell) {
        int at = replies.size();
        if (at == exchange.size()) return;
        boolean hit = !frame.label().equals("-") && Integer.parseInt(frame.label()) > BY_SIGNAL;
        String label = frame.label();
        if (at == target) answered(ended(frame.out(), frame.err(), tooMuch), "");
        else if (!hit) answered(reply(at, frame, Duration.ZERO, shell), label);
        else if (at < exchange.steps().size())
            answered(new Reply.TimedOut(frame.out(), frame.err() + "\nbluerig: ended by mistake"), label);
        // a question that was hit is asked again by the next shell
    }

    private static Reply ended(String out, String err, boolean tooMuch) {
        return tooMuch ? new Reply.TooMuch(out, err) : new Reply.TimedOut(out, err);
    }

    private Unreachable lost(ShellStarter starter, Command command) {
        return new Unreachable(ConnectionCode.CONNECTION_LOST, starter.name()
            + (starter.alive() ? ": the shell was killed while this ran: " : ": the connection was cut while this ran: ") + command);
    }

    private Command command(int at) {
        int steps = exchange.steps().size();
        return at < steps ? exchange.steps().get(at) : exchange.questions().get(at - steps);
    }

    private Duration patience(int at) {
        Command command = command(at);
        return at < exchange.steps().size() ? Duration.ofSeconds(Framing.allowance(command)).plus(GRACE) : command.deadline();
    }
}
