package dev.bluerig.cli;

import dev.bluerig.converge.Outcome;
import dev.bluerig.playbook.ResolvedPlay;
import dev.bluerig.run.RunListener;
import dev.bluerig.run.RunRecord;
import dev.bluerig.trial.run.TrialResult;
import dev.bluerig.trial.run.TrialStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// One line that moves while a play or a trial runs, on a terminal; what became of each when it has ended, everywhere.
final class LiveLine implements RunListener {
    private final Terminal terminal;
    private final Consumer<RunRecord.PlayRecord> ended;
    private final Consumer<List<TrialResult>> tried;
    private final Map<String, String> busy = new LinkedHashMap<>();
    private final Map<String, TrialStep> moving = new LinkedHashMap<>();
    private Optional<ResolvedPlay> stage = Optional.empty();
    private int done;

    LiveLine(Terminal terminal, Consumer<RunRecord.PlayRecord> ended, Consumer<List<TrialResult>> tried) {
        this.terminal = terminal;
        this.ended = ended;
        this.tried = tried;
    }

    @Override
    public synchronized void playBegins(ResolvedPlay begun) {
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
        moving.clear();
        pairs.forEach(pair -> moving.put(pair, new TrialStep(0, 0, Optional.empty(), "beginning", 0, 0)));
        show(trial);
    }

    @Override
    public synchronized void trialMoves(String trial, String pair, TrialStep step) {
        moving.put(pair, step);
        show(trial);
    }

    @Override
    public synchronized void trialEnds(String trial, List<TrialResult> results) {
        terminal.status("");
        moving.clear();
        tried.accept(results);
    }

    private void show(String trial) {
        if (terminal.live()) terminal.status(TrialLine.of(trial, moving));
    }

    private String name(String machine, int task) {
        return stage.orElseThrow().machines().get(machine).get(task).written().task();
    }

    private void show() {
        if (!terminal.live() || stage.isEmpty()) return;
        var oldest = busy.entrySet().stream().findFirst();
        String line = stage.get().play().name() + ": " + done + "/" + stage.get().machines().size() + " machines"
            + oldest.map(each -> ", " + each.getKey() + " " + each.getValue()).orElse("")
            + (busy.size() > 1 ? " and " + (busy.size() - 1) + " more" : "");
        terminal.status(line);
    }
}
