package dev.bluerig.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Facts;
import dev.bluerig.fact.Reading;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.source.Binder;
import dev.bluerig.source.Tree;
import dev.bluerig.source.Yaml;
import java.util.Comparator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/// Cases of a fact: `output.txt` played to the question gives what `fact.yaml` says.
///
/// One more makes the longest of them a megabyte long (`WorstText`).
///
/// `fact.yaml` is the record, or `unknown: TEXT` where TEXT must occur in the reason.
public final class FactCases {
    private FactCases() {}

    /// All cases of `dev/bluerig/fact/NAME`.
    public static <T> Stream<DynamicTest> of(String name, Class<T> type, Fact<T> fact) {
        return of(name, type, any -> fact);
    }

    /// The same where the question differs by case.
    public static <T> Stream<DynamicTest> of(String name, Class<T> type, Function<CaseDirectory, Fact<T>> fact) {
        var all = CaseDirectory.in("dev/bluerig/fact/" + name);
        var cases = all.stream()
            .map(one -> DynamicTest.dynamicTest(one.name(), one.source("output.txt"), () -> check(one, type, fact.apply(one))));
        var longest = all.stream().max(Comparator.comparingInt(one -> one.text("output.txt").length())).orElseThrow();
        return Stream.concat(cases,
            Stream.of(DynamicTest.dynamicTest("a megabyte of " + longest.name(),
            () -> WorstText.check(fact.apply(longest), longest::transcript))));
    }

    private static <T> void check(CaseDirectory one, Class<T> type, Fact<T> fact) throws Unreachable {
        one.author();
        var facts = new Facts(FakeMachine.playing(one.transcript()));
        Tree wanted = Yaml.read(one.name() + "/fact.yaml", one.text("fact.yaml"));
        switch (facts.see(fact)) {
            case Reading.Known<T>(T value) -> assertEquals(Binder.bind(type, wanted), value,
                () -> "seen:\n" + Yaml.write(Binder.unbind(value)));
            case Reading.Unknown<T>(String why) -> assertTrue(unknown(wanted).filter(why::contains).isPresent(), "unknown: " + why);
        }
    }

    private static java.util.Optional<String> unknown(Tree wanted) {
        return wanted instanceof Tree.Mapping mapping && mapping.get("unknown").orElse(null) instanceof Tree.Scalar scalar
            ? java.util.Optional.of(scalar.text()) : java.util.Optional.empty();
    }
}
