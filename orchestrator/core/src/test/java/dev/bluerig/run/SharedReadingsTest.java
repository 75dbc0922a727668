package dev.bluerig.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bluerig.cases.FakeMachine;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Facts;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Unreachable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedReadingsTest {
    private final SharedReadings readings = new SharedReadings();
    private final AtomicInteger parsed = new AtomicInteger();

    record Release(String file, AtomicInteger parsed) implements Fact.Question<Integer> {
        @Override
        public Inquiry<Integer> read() {
            return Inquiry.parse(Command.of("cat", file), text -> {
                parsed.incrementAndGet();
                return Integer.parseInt(text.strip());
            });
        }
    }

    private Reading<Integer> see(String file, String printed) throws Unreachable {
        return new Facts(new FakeMachine(command -> new Reply.Ran(0, printed, "")), readings).see(new Release(file, parsed));
    }

    @Test
    void equal_answers_to_equal_questions_are_parsed_once_for_all_machines() throws Unreachable {
        for (int machine = 0; machine < 3; machine++) assertEquals(Reading.known(6), see("/release", "6\n"));
        assertEquals(1, parsed.get());
    }

    @Test
    void another_answer_and_another_question_are_parsed_on_their_own() throws Unreachable {
        assertEquals(Reading.known(6), see("/release", "6\n"));
        assertEquals(Reading.known(7), see("/release", "7\n"));
        assertEquals(Reading.known(6), see("/other", "6\n"));
        assertEquals(3, parsed.get());
    }

    @Test
    void text_that_nobody_can_read_is_unknown_on_every_machine() throws Unreachable {
        assertEquals(see("/release", "six\n"), see("/release", "six\n"));
        assertEquals(Reading.unknown("cat /release: For input string: \"six\""), see("/release", "six\n"));
        assertEquals(1, parsed.get());
    }

    @Test
    void answers_that_all_differ_are_not_kept_without_bound() throws Unreachable {
        String padding = " ".repeat(1 << 20);
        for (int machine = 0; machine < 20; machine++) see("/release", machine + padding);
        assertEquals(20, parsed.get());
        see("/release", "19" + padding);
        assertEquals(20, parsed.get(), "the last is kept");
        see("/release", "0" + padding);
        assertEquals(21, parsed.get(), "the first is not");
    }
}
