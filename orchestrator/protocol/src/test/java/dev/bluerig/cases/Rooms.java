package dev.bluerig.cases;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The rooms (packages) of one module, from the bottom up: a room uses those before it in the list, and no other of the module.
public record Rooms(List<String> upwards, JavaClasses classes) {
    private static final int MOST_FILES = 40;
    private static final Pattern TYPE = Pattern.compile("`([A-Z]\\w*[a-z]\\w*)`");

    /// The compiled main classes of the module under test are looked at. `base`: what the names of the list begin with, such as
    /// `dev.bluerig.`.
    public static Rooms of(String base, List<String> upwards) {
        var classes = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPath(Path.of("target", "classes"));
        return new Rooms(upwards.stream().map(base::concat).toList(), classes);
    }

    public void areInOrder() {
        var wrong = new TreeSet<String>();
        for (JavaClass one : classes) {
            int floor = upwards.indexOf(one.getPackageName());
            if (floor < 0) wrong.add(one.getName() + " is in no room of the plan");
            for (Dependency use : one.getDirectDependenciesFromSelf())
                if (upwards.indexOf(use.getTargetClass().getBaseComponentType().getPackageName()) > floor) wrong.add(use.getDescription());
        }
        assertEquals(new TreeSet<String>(), wrong);
    }

    /// Each room says in its `package-info` what it is for and names its main types, and stays small enough to be read.
    public void areDescribedAndSmall() {
        var wrong = new TreeSet<String>();
        for (String room : upwards) {
            Path place = Path.of("src", "main", "java").resolve(room.replace('.', '/'));
            try (var files = Files.list(place)) {
                List<String> sources = files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".java")).toList();
                if (sources.size() > MOST_FILES) wrong.add(room + " has " + sources.size() + " files");
                if (!sources.contains("package-info.java")) wrong.add(room + " has no package-info");
                else described(room, Files.readAllLines(place.resolve("package-info.java")), wrong);
            } catch (IOException notThere) {
                throw new UncheckedIOException(notThere);
            }
        }
        assertEquals(new TreeSet<String>(), wrong);
    }

    /// The table is there, and no type that it names has gone or got another name.
    private void described(String room, List<String> lines, TreeSet<String> wrong) {
        List<String> table = lines.stream().filter(line -> line.startsWith("/// |")).toList();
        if (table.isEmpty()) wrong.add(room + " has no table of its main types");
        var known = classes.stream().map(JavaClass::getSimpleName).collect(Collectors.toSet());
        for (String line : table)
            TYPE.matcher(line).results().map(name -> name.group(1)).filter(name -> !known.contains(name))
                .forEach(name -> wrong.add(room + " names " + name + ", which is no type of this module"));
    }

    /// A library, or a part of Java, is used by these rooms of the module alone.
    public void alone(String library, String... rooms) {
        var permitted = List.of(rooms).stream()
            .map(room -> upwards.stream().filter(name -> name.equals("dev.bluerig." + room)).findFirst().orElseThrow())
            .collect(Collectors.toSet());
        Predicate<JavaClass> elsewhere = one -> !permitted.contains(one.getPackageName());
        noClasses().that(com.tngtech.archunit.base.DescribedPredicate.describe("are not in " + permitted, elsewhere))
            .should().dependOnClassesThat().resideInAPackage(library).allowEmptyShould(true).check(classes);
    }
}
