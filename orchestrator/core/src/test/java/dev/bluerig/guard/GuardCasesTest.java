package dev.bluerig.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bluerig.cases.CaseDirectory;
import dev.bluerig.cases.FakeMachine;
import dev.bluerig.cases.Ways;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.system.SshConnections;
import dev.bluerig.fact.way.WayIn;
import dev.bluerig.inventory.Cidr;
import dev.bluerig.remote.Command;
import dev.bluerig.source.Binder;
import dev.bluerig.source.Described;
import dev.bluerig.source.Yaml;
import dev.bluerig.task.diff.Deed;
import dev.bluerig.task.diff.Remedy;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// A machine that answers as in `output.txt`, and changes that its way in stands or does not, as `changes.yaml` says.
class GuardCasesTest {
    /// `does`: what a remedy does, a line for each deed. `refused`: empty when nothing is; else each danger as people read it.
    /// `jumps`: `NEAR FAR NAME` of DPUs that are reached through the machine. `behind`: ports that carry others.
    record Change(List<String> does, @Described(value = "dangers", absent = "") List<String> refused) {}

    record Case(@Described(value = "ways to DPUs", absent = "") List<String> jumps,
                @Described(value = "ports that carry others", absent = "") Map<String, String> behind, List<Change> changes) {}

    @TestFactory
    Stream<DynamicTest> cases() {
        return CaseDirectory.in("dev/bluerig/guard").stream().flatMap(one -> {
            one.author();
            Case all = Binder.bind(Case.class, Yaml.read(one.name() + "/changes.yaml", one.text("changes.yaml")));
            var way = way(one, all.jumps());
            return all.changes().stream().map(change -> DynamicTest.dynamicTest(one.name() + ": " + String.join(", ", change.does()).lines()
                .findFirst().orElseThrow(), one.source("changes.yaml"), () -> check(way, all.behind(), change)));
        });
    }

    private static Reading<WayIn> way(CaseDirectory one, List<String> jumps) {
        var others = jumps.stream().map(words -> words.split(" ")).map(words ->
            new SshConnections.Connection(words[0], words[1], "the way to " + words[2])).toList();
        return Ways.seen(FakeMachine.playing(one.transcript())).flatMap(way -> Reading.known(way.and(others)));
    }

    private static void check(Reading<WayIn> way, Map<String, String> behind, Change change) {
        var remedy = Remedy.of(List.of(Command.of("true")), List.of(), Set.of()).doing(change.does().stream().map(GuardCasesTest::deed)
            .toList());
        var refusal = new WayGuard(way, behind).refusal(remedy);
        assertEquals(String.join("\n", change.refused()), refusal.map(GuardCasesTest::told).orElse(""));
    }

    private static String told(Refusal refusal) {
        return refusal.dangers().isEmpty() ? "unknown: " + refusal.words()
            : String.join("\n", refusal.dangers().stream().map(danger -> (danger.sure() ? "" : "perhaps ") + danger).toList());
    }

    private static Deed deed(String line) {
        String[] words = line.lines().findFirst().orElseThrow().split(" ");
        String text = line.indexOf('\n') < 0 ? "" : line.substring(line.indexOf('\n') + 1);
        var rest = Arrays.asList(words).subList(1, words.length);
        return switch (words[0]) {
            case "up" -> new Deed.SetLink(words[1], true);
            case "down" -> new Deed.SetLink(words[1], false);
            case "mtu" -> new Deed.SetMtu(words[1], Integer.parseInt(words[2]));
            case "disturb" -> new Deed.Disturb(words[1]);
            case "add" -> new Deed.AddAddress(words[1], new Cidr(words[2]));
            case "remove" -> new Deed.RemoveAddress(words[1], new Cidr(words[2]));
            case "leave" -> new Deed.LeaveBridge(words[1], words[2]);
            case "join" -> new Deed.JoinBridge(words[1], words[2]);
            case "delete" -> new Deed.DeleteBridge(words[1]);
            case "reprogram" -> new Deed.Reprogram(words[1]);
            case "unit" -> new Deed.RunUnit(words[2], Deed.Verb.valueOf(words[1].toUpperCase(Locale.ROOT)));
            case "write" -> written(words, text);
            case "run" -> new Deed.RunCommand(rest, Set.of());
            case "install" -> new Deed.InstallPackages(rest);
            default -> throw new AssertionError("not a deed: " + line);
        };
    }

    /// `write PATH MODE [OWNER]`, the text; after a line `was:` what stands there.
    private static Deed written(String[] words, String text) {
        int was = text.indexOf("was:\n");
        return new Deed.WriteFile(words[1], was < 0 ? text : text.substring(0, was), words[2], words.length > 3 ? words[3] : "",
            was < 0 ? Optional.empty() : Optional.of(text.substring(was + "was:\n".length())));
    }
}
