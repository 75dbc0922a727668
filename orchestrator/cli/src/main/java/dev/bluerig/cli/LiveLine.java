package dev.bluerig.cli;

import dev.bluerig.converge.Outcome;
import dev.bluerig.playbook.Stage;
import dev.bluerig.run.Progress;
import dev.bluerig.run.RunRecord;
import dev.bluerig.trial.Step;
import dev.bluerig.trial.TrialResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// One line that moves while a play runs, on a terminal; each play's folded outcomes when it has ended, everywhere.
final class LiveLine implements Progress {
    private final Terminal terminal;
    private final Consumer<RunRecord.PlayRecord> ended;
    private final Map<String, String> busy = new LinkedHashMap<>();
    private Optional<Stage> stage = Optional.empty();
    private int done;

    LiveLine(Terminal terminal, Consumer<RunRecord.PlayRecord> ended) {
        this.terminal = terminal;
        this.ended = ended;
    }

    @Override
    public synchronized void playBegins(Stage begun) {
        stage = Optional.of(begun);
        busy.clear();
        done = 0;
        show();
    }

    @Override
    public synchronized void dialling(String machine) {
        busy.put(machine, "dialling");
        show();
    }

    @Override
    public synchronized void acting(String machine, int task) {
        busy.put(machine, name(machine, task));
        show();
    }

    @Override
    public synchronized void outcome(String machine, int task, Outcome outcome) {
        boolean last = stage.orElseThrow().machines().get(machine).size() == task + 1;
        if (last) {
            busy.remove(machine);
            done++;
        } else {
            busy.put(machine, name(machine, task + 1));
        }
        show();
    }

    @Override
    public synchronized void playEnds(RunRecord.PlayRecord play) {
        terminal.status("");
        stage = Optional.empty();
        ended.accept(play);
    }

    @Override
    public synchronized void trialBegins(String trial, List<String> pairs) {
        terminal.status(trial + ": " + pairs.size() + (pairs.size() == 1 ? " pair" : " pairs"));
    }

    @Override
    public synchronized void trialMoves(String trial, String pair, Step step) {
        terminal.status(trial + ": " + pair + " cell " + step.cell() + " of " + step.cells() + ", " + step.doing());
    }

    @Override
    public synchronized void trialEnds(String trial, List<TrialResult> results) {
        terminal.status("");
    }

    private String name(String machine, int task) {
        return stage.orElseThrow().machines().get(machine).get(task).written().task();
    }

    private void show() {
        if (!terminal.live() || stage.isEmpty()) return;
        var oldest = busy.entrySet().stream().findFirst();
        String line = stage.get().play().name() + ": " + done + "/" + stage.get().machines().size() + " machines"
            + oldest.map(each -> ", " + each.getKey() + " " + each.getValue()).orElse("") + (busy.size() > 1 ? " and " + (busy.size() - 1) + " more" : "");
        terminal.status(line);
    }
}
