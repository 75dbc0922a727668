package dev.bluerig.fact;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.bluerig.cases.CaseDirectory;
import dev.bluerig.cases.FakeMachine;
import dev.bluerig.cases.Transcript;
import dev.bluerig.fact.card.Cards;
import dev.bluerig.fact.system.KernelConfig;
import dev.bluerig.fact.system.KernelModules;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.source.Binder;
import dev.bluerig.source.Yaml;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Whatever a tool prints, cut off, shuffled, repeated, or not answering at all: a fact is known or unknown, and no parser falls over.
class MangledOutputTest {
    private static final int TRIES = 60;

    private static <T> Fact.Question<?> question(CaseDirectory one, Class<? extends Fact.Question<T>> type) {
        return Binder.bind(type, Yaml.read(one.name() + "/question.yaml", one.text("question.yaml")));
    }

    @TestFactory
    Stream<DynamicTest> cards() {
        return of("cards", Cards.Seen.class);
    }

    @TestFactory
    Stream<DynamicTest> modules() {
        return of("modules", KernelModules.Seen.class);
    }

    @TestFactory
    Stream<DynamicTest> kernel_config() {
        return of("kernel-config", KernelConfig.Seen.class);
    }

    private static <T> Stream<DynamicTest> of(String name, Class<? extends Fact.Question<T>> type) {
        return CaseDirectory.in("dev/bluerig/fact/" + name).stream()
            .map(one -> DynamicTest.dynamicTest(one.name(), () -> {
                for (int seed = 0; seed < TRIES; seed++) play(question(one, type), one.transcript(), new Random(seed));
            }));
    }

    private static void play(Fact.Question<?> question, Transcript transcript, Random random) throws Unreachable {
        assertNotNull(new Facts(new FakeMachine(command -> mangled(answer(transcript, command), random))).see(question));
    }

    /// A mangled first answer may lead to a question that the transcript does not hold: then the tool is missing.
    private static Reply answer(Transcript transcript, Command command) {
        return transcript.commands().contains(command.line()) ? transcript.reply(command)
            : new Reply.Ran(127, "", command.words().getFirst() + ": not found");
    }

    private static Reply mangled(Reply reply, Random random) {
        if (!(reply instanceof Reply.Ran(int status, String out, String err))) return reply;
        return switch (random.nextInt(8)) {
            case 0 -> new Reply.TimedOut(out, err);
            case 1 -> new Reply.TooMuch(out, err);
            case 2 -> new Reply.Ran(random.nextInt(3), out, err);
            case 3 -> new Reply.Ran(0, out.substring(0, random.nextInt(out.length() + 1)), err);
            case 4 -> new Reply.Ran(0, shuffled(out, random), err);
            case 5 -> new Reply.Ran(0, swapped(out, random), err);
            case 6 -> new Reply.Ran(0, out + out, err);
            default -> reply;
        };
    }

    private static String shuffled(String text, Random random) {
        var lines = new ArrayList<>(text.lines().toList());
        Collections.shuffle(lines, random);
        return String.join("\n", lines);
    }

    /// Some characters replaced by ones that parsers care about.
    private static String swapped(String text, Random random) {
        var characters = text.toCharArray();
        String strange = "[](){}:;,=*-\t \n.0\u00e9\ufffd";
        for (int i = 0; i < characters.length; i++)
            if (random.nextInt(12) == 0) characters[i] = strange.charAt(random.nextInt(strange.length()));
        return new String(characters);
    }
}
