package dev.bluerig.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.bluerig.fact.Fact;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// No text makes a parser fall over, hang, or answer out of all proportion (docs/architecture.md, How it is tested).
class FuzzTest {
    private static final int A_FEW = 1_200;

    @TestFactory
    Stream<DynamicTest> what_fuzzing_begins_with_and_what_it_found() {
        return FuzzedParsers.ALL.stream().map(parser -> DynamicTest.dynamicTest(parser.name(), () -> {
            var seeds = FuzzedParsers.seeds(parser);
            seeds.forEach(parser::check);
            for (int turn = 0; turn < 2; turn++) ParserFuzz.linear(parser, ParserFuzz.blownUp(seeds.get(turn % seeds.size()), turn));
        }));
    }

    /// A new question without a row in the list would never be fuzzed.
    @Test
    void every_question_of_every_fact_is_fuzzed() {
        Set<String> fuzzed = FuzzedFacts.ALL.stream().flatMap(fact -> fact.questions().stream()).map(each -> each.getClass().getName())
            .collect(Collectors.toCollection(TreeSet::new));
        Set<String> there = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.bluerig.fact").stream().filter(each -> each.isAssignableTo(Fact.Question.class) && !each.isInterface())
            .map(JavaClass::getName).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(there, fuzzed);
    }

    @Test
    void a_few_inputs_of_every_parser(@TempDir Path directory) throws IOException, InterruptedException {
        new FuzzProcess("", A_FEW, directory).mustFindNothing();
    }

    /// So many inputs for each as the property `bluerig.fuzz.runs` says, of the parsers that `bluerig.fuzz.parsers` names.
    @TestFactory
    @Tag("long")
    Stream<DynamicTest> many_inputs_of_each_parser(@TempDir Path directory) {
        int runs = Integer.getInteger("bluerig.fuzz.runs", 200_000);
        Set<String> named = Set.of(System.getProperty("bluerig.fuzz.parsers", "").split(","));
        return FuzzedParsers.ALL.stream().map(FuzzedParser::name).filter(name -> named.contains("") || named.contains(name))
            .map(name -> DynamicTest.dynamicTest(name, () -> new FuzzProcess(name, runs, directory.resolve(name)).mustFindNothing()));
    }
}
