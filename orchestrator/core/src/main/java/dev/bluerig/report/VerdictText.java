package dev.bluerig.report;

import dev.bluerig.inventory.FoldedNames;
import dev.bluerig.source.VisibleText;
import dev.bluerig.trial.run.Cell;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.spec.TlsPlacement;
import dev.bluerig.trial.verdict.Testimony;
import dev.bluerig.trial.verdict.UnmetExpectation;
import dev.bluerig.trial.verdict.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Verdicts in few words: what is equal on both ends is said once.
public final class VerdictText {
    private VerdictText() {}

    /// `tx hardware, rx hardware`; `tx hardware; rx host-a hardware, host-b software` where the ends differ. `roles`: many pairs, so ends
    /// have no names.
    public static String words(Cell cell, boolean roles) {
        if (cell.failure().isPresent() && cell.verdicts().isEmpty()) return "failed: " + cell.failure().get().code();
        var words = Stream.of(Direction.values()).map(direction -> words(direction, cell.verdicts(), roles)).filter(text -> !text.isEmpty())
            .toList();
        return String.join(words.stream().anyMatch(text -> text.contains(",")) ? "; " : ", ", words)
            + cell.failure().map(failure -> "; failed: " + failure.code()).orElse("");
    }

    private static String words(Direction direction, List<Verdict> verdicts, boolean roles) {
        var machines = new LinkedHashMap<String, TlsPlacement>();
        verdicts.stream().filter(verdict -> verdict.half() == direction)
            .forEach(verdict -> machines.put(end(verdict, roles), verdict.ruling()));
        var rulings = FoldedNames.byValue(machines);
        if (rulings.isEmpty()) return "";
        if (rulings.size() == 1) return VisibleText.words(direction) + " " + VisibleText.words(rulings.keySet().iterator().next());
        return VisibleText.words(direction) + " " + rulings.entrySet().stream()
            .map(each -> FoldedNames.names(each.getValue()) + " " + VisibleText.words(each.getKey())).collect(Collectors.joining(", "));
    }

    private static String end(Verdict verdict, boolean roles) {
        return roles ? VisibleText.words(verdict.role()) : verdict.machine();
    }

    /// Words that stand alone on a page.
    static String sentence(String words) {
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
    }

    /// Directions of which the same witnesses said the same: shown together. `ends`: `tx, rx of host-a; tx of host-b`.
    public record SharedVerdict(String ends, TlsPlacement ruling, List<Testimony> testimonies) {
        public SharedVerdict {
            testimonies = List.copyOf(testimonies);
        }
    }

    /// What a reader must see to understand a cell: every verdict that is not hardware, and every one that was not expected.
    ///
    /// Witnesses that agree with hardware are left out where it is not the verdict; those that were not called are always,
    /// and those that are silent where nothing reached the kernel, so that there was nothing for them to tell.
    public static List<SharedVerdict> remarkable(Cell cell) {
        return heard(cell.verdicts().stream().filter(verdict -> verdict.ruling() != TlsPlacement.HARDWARE
            || unexpected(verdict, cell.misses())).toList(), VerdictText::telling);
    }

    /// Every verdict with every witness.
    public static List<SharedVerdict> all(Cell cell) {
        return heard(cell.verdicts(), Verdict::testimonies);
    }

    private static List<SharedVerdict> heard(List<Verdict> verdicts, Function<Verdict, List<Testimony>> shown) {
        record Key(TlsPlacement ruling, List<Testimony> testimonies) {}
        var alike = new LinkedHashMap<Key, List<Verdict>>();
        verdicts.forEach(verdict -> alike.computeIfAbsent(new Key(verdict.ruling(), shown.apply(verdict)), any -> new ArrayList<>())
            .add(verdict));
        return alike.entrySet().stream()
            .map(each -> new SharedVerdict(ends(each.getValue()), each.getKey().ruling, each.getKey().testimonies))
            .toList();
    }

    private static String ends(List<Verdict> verdicts) {
        var directions = new LinkedHashMap<String, List<String>>();
        verdicts.forEach(verdict -> directions.computeIfAbsent(verdict.machine(), any -> new ArrayList<>())
            .add(VisibleText.words(verdict.half())));
        return FoldedNames.byValue(directions).entrySet().stream()
            .map(each -> String.join(" and ", each.getKey()) + " of " + String.join(" and ", each.getValue()))
            .collect(Collectors.joining("; "));
    }

    private static boolean unexpected(Verdict verdict, List<UnmetExpectation> unmet) {
        return unmet.stream().anyMatch(one -> one.isAbout(verdict));
    }

    private static List<Testimony> telling(Verdict verdict) {
        var called = verdict.testimonies().stream().filter(testimony -> testimony.says() != Testimony.Statement.NOT_CALLED).toList();
        if (verdict.ruling() == TlsPlacement.HARDWARE) return called;
        var against = called.stream().filter(testimony -> testimony.says() != Testimony.Statement.HARDWARE).toList();
        if (against.isEmpty()) return called;
        var heard = verdict.ruling() == TlsPlacement.USER_SPACE
            ? against.stream().filter(testimony -> testimony.says() != Testimony.Statement.SILENT).toList() : against;
        return heard.isEmpty() ? against : heard;
    }
}
