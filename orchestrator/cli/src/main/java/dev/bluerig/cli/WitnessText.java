package dev.bluerig.cli;

import dev.bluerig.cli.StyledLine.Style;
import dev.bluerig.report.LabNotice;
import dev.bluerig.run.Redaction;
import dev.bluerig.source.VisibleText;
import dev.bluerig.trial.evidence.FigureText;
import dev.bluerig.trial.evidence.WitnessedTraffic;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.spec.TlsPlacement;
import dev.bluerig.trial.verdict.Testimony;
import dev.bluerig.trial.verdict.Verdict;
import dev.bluerig.trial.verdict.Witness;
import java.util.List;
import java.util.Optional;

/// What was seen of a user's own traffic, in words: per direction where it was handled and who says so, then who was connected.
final class WitnessText {
    private static final int MOST_CONNECTIONS = 20;

    private final Terminal terminal;
    private final Redaction redaction;

    WitnessText(Terminal terminal, Redaction redaction) {
        this.terminal = terminal;
        this.redaction = redaction;
    }

    /// A direction of which neither the kernel nor the card tells anything has carried no kernel TLS.
    static boolean carried(Verdict verdict) {
        return verdict.testimonies().stream()
            .anyMatch(testimony -> (testimony.witness() == Witness.KERNEL_COUNTERS || testimony.witness() == Witness.CONNECTION_STATE)
            && testimony.says() != Testimony.Statement.SILENT);
    }

    void say(WitnessedTraffic traffic, List<Verdict> verdicts, WatchedCommand.Ended ended, Optional<String> lab) {
        terminal.say("");
        terminal.say(Style.STRONG.of("witnessed: cable " + traffic.cable())
            .and(" for " + FigureText.number(ended.seconds()) + " s, " + traffic.first().snapshots().size()
                + " looks; the command ended with "
            + ended.exit() + (ended.stopped() ? " (stopped)" : "")));
        verdicts.forEach(this::verdict);
        connections(traffic.first());
        connections(traffic.second());
        terminal.say(Style.FAINT.of("The payload is not known, so the card is held against what the link carried; see bluerig explain"
            + " witnesses."));
        String notice = LabNotice.of(lab);
        if (!notice.isEmpty()) terminal.say(Style.STRONG.of(notice));
    }

    private void verdict(Verdict verdict) {
        terminal.say(StyledLine.of("  " + VisibleText.words(verdict.half()) + " of " + verdict.machine() + ": ")
            .and(verdict.ruling() == TlsPlacement.HARDWARE ? Style.GOOD : Style.BAD, VisibleText.words(verdict.ruling())));
        for (Testimony testimony : verdict.testimonies()) {
            if (testimony.says() == Testimony.Statement.NOT_CALLED) continue;
            terminal.say(StyledLine.of("    " + VisibleText.words(testimony.witness()) + ": ")
                .and(testimony.says() == Testimony.Statement.HARDWARE ? Style.GOOD : Style.BAD, VisibleText.words(testimony.says())));
            if (testimony.says() != Testimony.Statement.HARDWARE)
                terminal.say(StyledLine.block("      ", Style.FAINT.of("required:"), testimony.required()));
            terminal.say(StyledLine.block("      ", Style.FAINT.of("seen:    "), testimony.seen()));
        }
    }

    private void connections(WitnessedTraffic.ObservedEnd side) {
        var all = side.connections();
        terminal.say("  connections of kernel TLS on " + side.machine() + ": "
            + (all.isEmpty() ? "none was seen" : String.valueOf(all.size())));
        all.stream().limit(MOST_CONNECTIONS)
            .forEach(socket -> terminal.say("    " + redaction.of(socket.process()) + "  " + socket.local() + " -> " + socket.peer()
            + "  " + VisibleText.words(Direction.TX) + " " + socket.transmit() + ", " + VisibleText.words(Direction.RX) + " "
            + socket.receive()));
        if (all.size() > MOST_CONNECTIONS) terminal.say("    and " + (all.size() - MOST_CONNECTIONS) + " more");
    }
}
