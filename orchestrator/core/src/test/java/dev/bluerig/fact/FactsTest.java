package dev.bluerig.fact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bluerig.cases.FakeMachine;
import dev.bluerig.cases.Transcript;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Unreachable;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FactsTest {
    private static final Transcript MACHINE = Transcript.of("machine", """
        $ hostname
        host-a
        $ uname -r
        6.1.0-28-amd64
        $ cat /boot/config-6.1.0-28-amd64
        CONFIG_TLS=m
        $ cat /proc/net/tls_stat
        ! cat: /proc/net/tls_stat: No such file or directory
        ? 1
        """);

    record Release(boolean lasting) implements Fact.Question<String> {
        @Override
        public Inquiry<String> read() {
            return Inquiry.parse(Command.of("uname", "-r"), String::strip);
        }
    }

    record Config() implements Fact.Question<String> {
        @Override
        public Inquiry<String> read() {
            return Inquiry.ask(Command.of("uname", "-r"), reply -> Reading.parsed(Command.of("uname", "-r"), reply, String::strip)
                .then(release -> Inquiry.parse(Command.of("cat", "/boot/config-" + release), String::strip)));
        }
    }

    record TlsStat() implements Fact.Question<String> {
        @Override
        public Inquiry<String> read() {
            return Inquiry.parse(Command.of("cat", "/proc/net/tls_stat"), String::strip);
        }
    }

    /// Late the first `times` it is asked.
    private static FakeMachine late(int times) {
        var asked = new AtomicInteger();
        return new FakeMachine(command -> asked.getAndIncrement() < times ? new Reply.TimedOut("", "")
            : new Reply.Ran(0, "6.8.0\n", ""));
    }

    @Test
    void what_came_late_is_asked_once_more() throws Unreachable {
        var machine = late(1);
        var facts = new Facts(machine);
        facts.ask(Set.of(new Release(false)));
        assertEquals(Reading.known("6.8.0"), facts.get(new Release(false)));
        assertEquals(2, machine.ran().size());
    }

    @Test
    void what_is_late_twice_is_unknown_and_says_so() throws Unreachable {
        var machine = late(9);
        var facts = new Facts(machine);
        facts.ask(Set.of(new Release(false)));
        assertEquals(Reading.unknown("uname -r: no answer within 20 s, asked twice"), facts.get(new Release(false)));
        assertEquals(2, machine.ran().size());
    }

    record Strange() implements Fact.Question<Integer> {
        @Override
        public Inquiry<Integer> read() {
            return Inquiry.parse(Command.of("hostname"), text -> Integer.parseInt(text.strip()));
        }
    }

    private final FakeMachine machine = FakeMachine.playing(MACHINE);
    private final Facts facts = new Facts(machine);

    @Test
    void all_questions_travel_together_and_equal_commands_once() throws Unreachable {
        facts.ask(Set.of(new Release(true), new Config(), new TlsStat()));
        assertEquals(2, machine.traffic().roundTrips(), "the longest chain has two links");
        assertEquals(3, machine.traffic().commands(), "uname is asked once for two questions: " + machine.ran());
        assertEquals(Reading.known("CONFIG_TLS=m"), facts.get(new Config()));
    }

    @Test
    void what_a_program_refuses_to_tell_is_unknown_with_its_words() throws Unreachable {
        facts.ask(Set.of(new TlsStat(), new Strange()));
        assertEquals(Reading.unknown("cat /proc/net/tls_stat: exit 1: cat: /proc/net/tls_stat: No such file or directory"),
            facts.get(new TlsStat()));
        assertInstanceOf(Reading.Unknown.class, facts.get(new Strange()), "a parser that does not know the text");
    }

    @Test
    void steps_make_facts_stale_but_not_lasting_ones() throws Unreachable {
        facts.ask(List.of(new Release(true), new TlsStat()));
        facts.ask(List.of(Command.of("hostname")), Set.of(Effect.LINKS), List.of(new Release(true), new TlsStat()));
        assertEquals(List.of("uname -r", "cat /proc/net/tls_stat", "hostname", "cat /proc/net/tls_stat"),
            machine.ran().stream().map(Command::line).toList());
        assertEquals(2, machine.traffic().roundTrips(), "a step and the questions after it are one round trip");
    }

    /// Says which kernel is running, and tells it of other files as they come.
    private static FakeMachine booting(String... releases) {
        var left = new ArrayDeque<>(List.of(releases));
        return new FakeMachine(command -> {
            if (command.equals(Command.of("true"))) left.remove();
            return new Reply.Ran(0, command.words().getFirst().equals("uname") ? left.peek() : "of " + command.words().getLast(), "");
        });
    }

    private static List<String> ran(FakeMachine machine) {
        return machine.ran().stream().map(Command::line).toList();
    }

    @Test
    void a_chain_that_is_asked_again_travels_whole() throws Unreachable {
        var machine = booting("6.1", "6.1", "6.8");
        var facts = new Facts(machine);
        var step = List.of(Command.of("true"));
        facts.ask(List.of(new Config()));
        assertEquals(2, machine.traffic().roundTrips());
        facts.ask(step, Set.of(Effect.MODULES), List.of(new Config()));
        assertEquals(Reading.known("of /boot/config-6.1"), facts.get(new Config()));
        assertEquals(3, machine.traffic().roundTrips(), "what follows is known from the last time");
        facts.ask(step, Set.of(Effect.MODULES), List.of(new Config()));
        assertEquals(Reading.known("of /boot/config-6.8"), facts.get(new Config()), "the chain went on otherwise");
        assertEquals(5, machine.traffic().roundTrips());
        assertEquals(List.of("uname -r", "cat /boot/config-6.1", "true", "uname -r", "cat /boot/config-6.1", "true", "uname -r",
            "cat /boot/config-6.1", "cat /boot/config-6.8"), ran(machine));
    }

    record Twice() implements Fact.Question<String> {
        private static final Command CLOCK = Command.of("uname", "-s");

        @Override
        public Inquiry<String> read() {
            return Inquiry.parse(CLOCK, String::strip).then(first -> Inquiry.parse(CLOCK, second -> first + " " + second.strip()));
        }
    }

    @Test
    void what_a_chain_asks_twice_is_asked_twice_each_time() throws Unreachable {
        var count = new AtomicInteger();
        var machine = new FakeMachine(command -> new Reply.Ran(0, String.valueOf(count.incrementAndGet()), ""));
        var facts = new Facts(machine);
        facts.ask(List.of(new Twice()));
        facts.ask(List.of(Command.of("true")), Set.of(Effect.LINKS), List.of(new Twice()));
        assertEquals(Reading.known("4 5"), facts.get(new Twice()));
    }

    record Programs() implements Fact.Question<String> {
        @Override
        public Set<Effect> changedBy() {
            return Set.of(Effect.PACKAGES);
        }

        @Override
        public Inquiry<String> read() {
            return Inquiry.parse(Command.of("hostname"), String::strip);
        }
    }

    @Test
    void steps_make_stale_what_they_can_change_alone() throws Unreachable {
        facts.ask(List.of(new Programs()));
        facts.ask(List.of(Command.of("uname", "-r")), Set.of(Effect.LINKS), List.of(new Programs()));
        assertEquals(List.of("hostname", "uname -r"), machine.ran().stream().map(Command::line).toList());
        facts.ask(List.of(Command.of("uname", "-r")), Set.of(Effect.LINKS, Effect.PACKAGES), List.of(new Programs()));
        assertEquals("hostname", machine.ran().getLast().line());
    }

    @Test
    void two_facts_are_unknown_if_one_is_unless_it_may_be() throws Unreachable {
        Fact<String> both = new Release(true).with(new TlsStat(), String::concat);
        Fact<String> maybe = new Release(true)
            .with(new TlsStat().maybe(), (release, stat) -> release + " " + (stat instanceof Reading.Unknown<String>));
        facts.ask(both.questions());
        assertInstanceOf(Reading.Unknown.class, facts.get(both));
        assertEquals(Reading.known("6.1.0-28-amd64 true"), facts.get(maybe));
        assertEquals(Reading.known(14), facts.get(new Release(true).map(String::length)));
    }

    @Test
    void what_is_known_may_be_too_little_to_tell() throws Unreachable {
        Fact<Integer> length = new Release(true).flatMap(release -> release.isEmpty() ? Reading.unknown("empty") : Reading.known(
            release.length()));
        assertEquals(Reading.known(14), facts.see(length));
        assertEquals(Reading.unknown("too old"), facts.see(new Release(true).flatMap(release -> Reading.unknown("too old"))));
        assertInstanceOf(Reading.Unknown.class, facts.see(new TlsStat().flatMap(stat -> Reading.known("never"))));
    }

    @Test
    void a_fact_is_seen_in_one_call_however_many_questions_it_has() throws Unreachable {
        Fact<Integer> length = new Release(true).map(String::length);
        Fact<List<Object>> five = new Release(true).with(new Config(), new TlsStat().maybe(), length, new Fact.Nothing<>("here"), List::of);
        var stat = Reading.unknown("cat /proc/net/tls_stat: exit 1: cat: /proc/net/tls_stat: No such file or directory");
        assertEquals(Reading.known(List.of("6.1.0-28-amd64", "CONFIG_TLS=m", stat, 14, "here")), facts.see(five));
        assertEquals(2, machine.traffic().roundTrips(), "the longest chain has two links");
        assertEquals(Reading.known("6.1.0-28-amd64 CONFIG_TLS=m 14"),
            facts.see(new Release(true).with(new Config(), length, (release, config, count) -> release + " " + config + " " + count)));
        assertEquals(2, machine.traffic().roundTrips(), "what was seen is not asked again");
    }

    @Test
    void of_several_facts_the_first_that_is_unknown_tells_why() throws Unreachable {
        Fact<String> three = new Release(true).with(new TlsStat(), new Strange(), (release, stat, strange) -> release + stat + strange);
        assertEquals(facts.see(new TlsStat()), facts.see(three));
        Fact<String> four = new Release(true).with(new Config(), new Config(), new Config(), (release, one, two, last) -> {
            throw new IllegalArgumentException("not a release: " + release);
        });
        assertEquals(Reading.unknown("not a release: 6.1.0-28-amd64"), facts.see(four));
    }

    @Test
    void a_fact_that_nobody_asked_is_our_bug() {
        assertThrows(IllegalStateException.class, () -> facts.get(new TlsStat()));
    }
}
