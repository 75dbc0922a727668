package dev.bluerig;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The order of the rooms (docs/architecture.md).
class RoomsTest {
    private static final List<String> ROOMS =
        List.of("source", "inventory", "remote", "fact", "task", "converge", "trial", "playbook", "run", "report");
    private static final JavaClasses CORE = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("dev.bluerig");

    @Test
    void every_class_is_in_a_room_of_the_plan() {
        var seen = CORE.stream().map(JavaClass::getPackageName).collect(Collectors.toCollection(TreeSet::new));
        seen.removeIf(name -> ROOMS.stream().anyMatch(room -> name.equals("dev.bluerig." + room)));
        assertEquals(new TreeSet<String>(), seen);
    }

    @Test
    void a_room_imports_only_rooms_below() {
        for (int i = 0; i < ROOMS.size() - 1; i++) {
            String[] above = ROOMS.subList(i + 1, ROOMS.size()).stream().map(RoomsTest::room).toArray(String[]::new);
            noClasses().that().resideInAPackage(room(ROOMS.get(i))).should().dependOnClassesThat().resideInAnyPackage(above)
                .allowEmptyShould(true).check(CORE);
        }
    }

    @Test
    void each_library_has_one_room() {
        only("com.jcraft..", "remote");
        only("org.yaml.snakeyaml..", "source");
        only("com.hubspot.jinjava..", "source");
        only("com.fasterxml.jackson..", "source");
    }

    private static void only(String library, String room) {
        noClasses().that().resideOutsideOfPackage(room(room)).should().dependOnClassesThat().resideInAPackage(library).check(CORE);
    }

    @Test
    void native_memory_is_not_for_us() {
        noClasses().should().dependOnClassesThat().resideInAPackage("java.lang.foreign..").check(CORE);
    }

    @Test
    void only_the_command_line_prints() {
        noClasses().should().accessField(System.class, "out").orShould().accessField(System.class, "err")
            .orShould().callMethod(System.class, "exit", int.class).check(CORE);
    }

    @Test
    void facts_and_tasks_are_pure() {
        noClasses().that().resideInAnyPackage(room("fact"), room("task")).should().dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio.file..", "java.net..", "java.util.concurrent..").orShould().dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.Thread").orShould().callMethod(System.class, "currentTimeMillis")
            .orShould().callMethod(System.class, "nanoTime").orShould().dependOnClassesThat().haveFullyQualifiedName("java.time.Clock")
            .allowEmptyShould(true).check(CORE);
    }

    @Test
    void the_judgement_of_a_trial_is_pure() {
        noClasses().that().resideInAPackage(room("trial")).and(reached("Judge", "Diagnoses", "Expectations", "Measurements")).should().dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio..", "java.net..", "java.util.concurrent..", "java.time..").orShould().dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.Thread").orShould().callMethod(System.class, "currentTimeMillis")
            .orShould().callMethod(System.class, "nanoTime").orShould().accessClassesThat().haveFullyQualifiedName("java.util.Random").check(CORE);
    }

    /// Classes of `trial` that these reach, however far.
    private static DescribedPredicate<JavaClass> reached(String... names) {
        var all = new TreeSet<String>();
        var open = new ArrayDeque<JavaClass>();
        for (String name : names) open.add(CORE.get("dev.bluerig.trial." + name));
        while (!open.isEmpty()) {
            JavaClass next = open.remove();
            if (!all.add(next.getName())) continue;
            next.getDirectDependenciesFromSelf().stream().map(Dependency::getTargetClass).filter(target -> target.getPackageName().equals("dev.bluerig.trial")).forEach(open::add);
        }
        return DescribedPredicate.describe("are reached by " + List.of(names), type -> all.contains(type.getName()));
    }

    @Test
    void nothing_static_changes() {
        fields().that().areStatic().should().beFinal().check(CORE);
    }

    private static String room(String name) {
        return "dev.bluerig." + name + "..";
    }
}
