package dev.bluerig.report;

import dev.bluerig.protocol.LoadSettings;
import dev.bluerig.protocol.TlsSettings;
import dev.bluerig.source.VisibleText;
import dev.bluerig.trial.evidence.FigureText;
import dev.bluerig.trial.run.Cell;
import dev.bluerig.trial.run.TrialResult;
import dev.bluerig.trial.spec.Load;
import dev.bluerig.trial.spec.TlsPlacement;
import dev.bluerig.trial.verdict.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The matrix of a trial as a table: a row per cell, columns only for what differs or was measured. `same`: what all cells have in common.
public record CellTable(List<String> heads, List<Row> rows, String same) {
    public CellTable {
        heads = List.copyOf(heads);
        rows = List.copyOf(rows);
    }

    /// `cell`: of the first pair of the fold. `name`: tells the cell from the others of the table.
    public record Row(Cell cell, String name, List<String> fields) {
        public Row {
            fields = List.copyOf(fields);
        }
    }

    private static final String LEGEND = "Gbit/s: to the server / to the client; CPU s/GB: server / client, seconds of CPU per 10^9"
        + " bytes of payload";
    /// A JVM takes about a CPU second to start: beside less payload than this, that is what the figure shows.
    private static final long SHORT = 1L << 30;
    private static final String UNKNOWN = "?";
    static final String NOTHING = "-";

    /// What the pairs of figures in a cell stand for, and what to bear in mind; nothing where nothing was measured.
    public static List<String> notes(List<TrialResult> results) {
        var measured = results.stream().flatMap(result -> result.cells().stream()).flatMap(cell -> cell.on().stream()).toList();
        if (measured.isEmpty()) return List.of();
        var shortest = measured.stream().mapToLong(Measurement::bytes).min().orElseThrow();
        return shortest >= SHORT ? List.of(LEGEND)
            : List.of(LEGEND, "over " + FigureText.bytes(shortest) + " of payload CPU s/GB is mostly the start of the agents; compare"
            + " it over " + FigureText.bytes(SHORT) + " and more");
    }

    /// `of` takes the cells of all pairs of a fold. `same`: what is said of a load when all cells have it, and it is not what everybody
    /// expects.
    private record Column(String head, Function<List<Cell>, String> of, Function<Load, Optional<String>> same) {
        Column(String head, Function<List<Cell>, String> of) {
            this(head, of, load -> Optional.empty());
        }

        static Column load(String head, Function<Load, String> of) {
            return load(head, of, load -> Optional.empty());
        }

        static Column load(String head, Function<Load, String> of, Function<Load, Optional<String>> same) {
            return new Column(head, cells -> of.apply(cells.getFirst().load()), same);
        }

        static Column user(String head, Function<Load, TlsSettings.RecordHandler> of) {
            return load(head, load -> VisibleText.words(of.apply(load)),
                load -> said(of.apply(load) != TlsSettings.RecordHandler.KERNEL, head + " the agent itself"));
        }
    }

    private static Optional<String> said(boolean unexpected, String text) {
        return unexpected ? Optional.of(text) : Optional.empty();
    }

    private static final List<Column> ALWAYS = List.of(
        new Column("cable", cells -> cable(cells.getFirst())),
        Column.load("TLS", load -> load.version().text()),
        Column.load("cipher", load -> load.cipher().text()),
        Column.load("conns", load -> String.valueOf(load.connections())),
        Column.load("direction", load -> words(load.direction())));

    private static final List<Column> WHEN_DIFFERENT = List.of(
        Column.load("payload", load -> load.bytes().map(bytes -> bytes.text()).or(() -> load.seconds().map(seconds -> seconds + " s"))
            .orElse(""), load -> load.bytes().map(bytes -> bytes.text() + " each direction")
            .or(() -> load.seconds().map(seconds -> "for " + seconds + " s"))),
        Column.load("writes", load -> load.write().text(), load -> Optional.of("writes of " + load.write().text())),
        Column.load("mode", load -> VisibleText.words(load.mode()),
            load -> said(load.mode() != LoadSettings.Mode.STREAM, "connect, exchange and close")),
        Column.load("source", load -> VisibleText.words(load.source()),
            load -> said(load.source() != LoadSettings.Source.SEND, "by " + VisibleText.words(load.source()))),
        Column.load("compared", load -> VisibleText.words(load.verify()), load -> Optional.of(switch (load.verify()) {
            case SAMPLE -> "a sample compared";
            case EVERY_BYTE -> VisibleText.words(load.verify()) + " compared";
        })),
        Column.load("cores", load -> load.cpus().text(), load -> said(!load.cpus().all(), "cores " + load.cpus().text())),
        Column.user("sent by", Load::transmit),
        Column.user("received by", Load::receive));

    /// Absent where no cell has a value.
    private static final List<Column> MEASURED = List.of(
        new Column("Gbit/s", cells -> throughput(cells, Cell::on)),
        new Column("of line", cells -> known(cells, Measurement::lineShare, 0, FigureText::percent)),
        new Column("conns/s", cells -> known(cells, Measurement::connectionRate, Double.MIN_VALUE, FigureText::number)),
        new Column("CPU s/GB", cells -> cpu(cells, Cell::on)),
        new Column("offload off", cells -> cpu(cells, Cell::off)),
        new Column("saves", CellTable::saved));

    public static CellTable of(TrialFold fold) {
        var positions = IntStream.range(0, fold.first().cells().size()).mapToObj(fold::cells).toList();
        var columns = new ArrayList<>(ALWAYS);
        var same = new ArrayList<String>();
        for (Column column : WHEN_DIFFERENT) {
            if (positions.stream().map(column.of).distinct().count() > 1) columns.add(column);
            else positions.stream().findFirst().flatMap(cells -> column.same.apply(cells.getFirst().load())).ifPresent(same::add);
        }
        int described = columns.size();
        MEASURED.stream().filter(column -> positions.stream().anyMatch(cells -> !column.of.apply(cells).isEmpty())).forEach(columns::add);
        columns.add(new Column("verdict", cells -> VerdictText.words(cells.getFirst(), fold.results().size() > 1)));
        var different = IntStream.range(1, described).filter(i -> positions.stream().map(columns.get(i).of).distinct().count() > 1)
            .mapToObj(columns::get).toList();
        return new CellTable(columns.stream().map(Column::head).toList(), positions.stream().map(cells ->
            new Row(cells.getFirst(), name(cells, different), columns.stream().map(column -> column.of.apply(cells)).toList())).toList(),
            String.join(", ", same));
    }

    private static String name(List<Cell> cells, List<Column> different) {
        return Stream.concat(Stream.of("cable " + cable(cells.getFirst())),
            different.stream().map(column -> column.head + " " + column.of.apply(cells)))
            .collect(Collectors.joining(", "));
    }

    private static String cable(Cell cell) {
        return String.valueOf(cell.cable().number());
    }

    static String words(LoadSettings.Direction direction) {
        return switch (direction) {
            case BOTH -> "both ways";
            case CLIENT_SENDS -> "to server";
            case SERVER_SENDS -> "to client";
        };
    }

    private static List<Double> values(List<Cell> cells, Function<Cell, Optional<Measurement>> of, ToDoubleFunction<Measurement> figure) {
        return cells.stream().map(of).flatMap(Optional::stream).map(figure::applyAsDouble).toList();
    }

    private static String known(List<Cell> cells, ToDoubleFunction<Measurement> figure, double least,
        DoubleFunction<String> as) {
        return FigureText.range(values(cells, Cell::on, figure).stream().filter(value -> value >= least).toList(), as);
    }

    private static String throughput(List<Cell> cells, Function<Cell, Optional<Measurement>> of) {
        String toServer = FigureText.range(values(cells, of, Measurement::gigabitsToServer), FigureText::number);
        String toClient = FigureText.range(values(cells, of, Measurement::gigabitsToClient), FigureText::number);
        return switch (cells.getFirst().load().direction()) {
            case BOTH -> toServer.isEmpty() ? "" : toServer + " / " + toClient;
            case CLIENT_SENDS -> toServer;
            case SERVER_SENDS -> toClient;
        };
    }

    private static String cpu(List<Cell> cells, Function<Cell, Optional<Measurement>> of) {
        if (cells.stream().allMatch(cell -> of.apply(cell).isEmpty())) return "";
        return cpu(values(cells, of, Measurement::cpuPerGigabyteServer)) + " / "
            + cpu(values(cells, of, Measurement::cpuPerGigabyteClient));
    }

    /// A figure below 0 was not measured.
    private static String cpu(List<Double> values) {
        String known = FigureText.range(values.stream().filter(value -> value >= 0).toList(), FigureText::number);
        return known.isEmpty() ? UNKNOWN : known;
    }

    /// How many times the CPU the same payload costs without offload; a dash where nothing was offloaded.
    private static String saved(List<Cell> cells) {
        String ratios = FigureText.range(cells.stream().map(CellTable::ratio).flatMap(Optional::stream).toList(), FigureText::times);
        boolean compared = cells.stream().anyMatch(cell -> cell.on().isPresent() && cell.off().isPresent());
        return ratios.isEmpty() && compared ? NOTHING : ratios;
    }

    /// Two runs without offload differ by noise alone, so there is nothing to compare.
    static Optional<Double> ratio(Cell cell) {
        if (!offloaded(cell)) return Optional.empty();
        return cell.on().flatMap(on -> cell.off().filter(off -> cpu(on) > 0 && cpu(off) >= 0).map(off -> cpu(off) / cpu(on)));
    }

    /// Some direction of the first run was proven to be in the card.
    static boolean offloaded(Cell cell) {
        return cell.verdicts().stream().anyMatch(verdict -> verdict.ruling() == TlsPlacement.HARDWARE);
    }

    /// Of both ends; below 0 when one of them is not known.
    private static double cpu(Measurement measured) {
        boolean known = measured.cpuPerGigabyteServer() >= 0 && measured.cpuPerGigabyteClient() >= 0;
        return known ? measured.cpuPerGigabyteServer() + measured.cpuPerGigabyteClient() : -1;
    }
}
