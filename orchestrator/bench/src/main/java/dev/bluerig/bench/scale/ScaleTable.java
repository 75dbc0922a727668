package dev.bluerig.bench.scale;

import dev.bluerig.protocol.JsonValue.Fields;
import dev.bluerig.protocol.JsonValue.Whole;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// All runs, one a row. CPU and wall of a watched run tell nothing and are left out.
record ScaleTable(List<FleetRun> runs) {
    private static final double THOUSAND = 1000;

    ScaleTable {
        runs = List.copyOf(runs);
    }

    String markdown() {
        return "| machines | run | CPU s | ms a machine | wall s | live heap MB | KB a machine | threads | console lines | "
            + FleetRun.FILES.stream().map(file -> file + " KB").collect(Collectors.joining(" | ")) + " |\n|--:|---"
            + "|--:".repeat(7 + FleetRun.FILES.size()) + "|\n" + runs.stream().map(ScaleTable::row).collect(Collectors.joining());
    }

    private static String row(FleetRun run) {
        boolean watched = run.kind() == FleetRun.Kind.WATCHED;
        return "| " + run.machines() + " | " + run.kind().title() + " | "
            + (watched ? " | | | " + number(run.heap() / THOUSAND / THOUSAND) + " | " + number(run.heap() / THOUSAND / run.machines())
                : number(run.cpu()) + " | " + number(run.cpu() * THOUSAND / run.machines()) + " | " + number(run.wall()) + " | | ")
            + " | " + run.threads() + " | " + run.lines() + " | "
            + FleetRun.FILES.stream().map(file -> number(run.sizes().get(file) / THOUSAND)).collect(Collectors.joining(" | ")) + " |\n";
    }

    private static String number(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }

    Fields json() {
        return new Fields(Map.of()).with("runs", runs.stream().map(ScaleTable::fields).toList());
    }

    private static Fields fields(FleetRun run) {
        Fields fields = new Fields(Map.of()).with("machines", run.machines()).with("run", run.kind().title())
            .with("threads", run.threads()).with("console_lines", run.lines())
            .with("bytes", new Fields(run.sizes().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
                size -> new Whole(size.getValue())))));
        return run.kind() == FleetRun.Kind.WATCHED ? fields.with("live_heap_bytes", run.heap())
            : fields.with("cpu_seconds", run.cpu()).with("wall_seconds", run.wall());
    }
}
