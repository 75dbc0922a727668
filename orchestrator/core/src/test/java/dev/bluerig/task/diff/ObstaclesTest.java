package dev.bluerig.task.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.fact.Effect;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.remote.Command;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What stands in the way, told in full: every kind, every place, every advice, once.
class ObstaclesTest {
    private static final Change ONE = new Change("p0 owner", "nobody", "br0");
    private static final Change TWO = new Change("p1 owner", "nobody", "br1");
    private static final Change DOWN = new Change("p0", "up", "down");

    @Test
    void nothing_in_the_way_is_nothing() {
        var obstacles = new Obstacles();
        assertTrue(obstacles.isEmpty());
        assertTrue(obstacles.unmet().isEmpty());
        obstacles.add(Finding.LINK_DOWN, DOWN, "");
        assertFalse(obstacles.isEmpty());
    }

    @Test
    void the_advice_of_each_place_is_given_once_and_none_is_no_word() {
        var obstacles = new Obstacles();
        obstacles.add(Finding.LINK_BELONGS, ONE, "take p0 out");
        obstacles.add(Finding.LINK_BELONGS, ONE, "");
        obstacles.add(Finding.LINK_BELONGS, TWO, "take p0 out");
        obstacles.add(Finding.LINK_BELONGS, TWO, "take p1 out");
        var unmet = obstacles.unmet().orElseThrow();
        assertEquals(1, unmet.obstacles().size());
        assertEquals("take p0 out; take p1 out", unmet.next());
        assertEquals(List.of(ONE, ONE, TWO, TWO), unmet.changes());
    }

    @Test
    void one_obstacle_without_advice_has_the_findings_own_and_several_tell_each() {
        var one = new Diff.Unmet(Finding.LINK_DOWN, List.of(DOWN), "");
        assertEquals("", one.next());
        var two = new Diff.Unmet(List.of(one.obstacles().getFirst(), new Diff.Obstacle(Finding.LINK_BELONGS, List.of(ONE), "take it out",
            List.of())), List.of());
        assertEquals(Finding.LINK_DOWN.next() + "; take it out", two.next());
    }

    @Test
    void a_failure_is_named_by_the_first_obstacle_and_tells_the_others_beside() {
        var unmet = new Diff.Unmet(List.of(new Diff.Obstacle(Finding.LINK_DOWN, List.of(DOWN), "raise it", List.of()),
            new Diff.Obstacle(Finding.LINK_BELONGS, List.of(ONE, ONE, TWO), "take it out", List.of())), List.of(TWO));
        var failure = Failure.of(unmet);
        assertEquals("LINK_DOWN", failure.code().name());
        assertEquals(Finding.LINK_DOWN.meaning(), failure.meaning());
        assertEquals(List.of(DOWN, ONE, ONE, TWO, TWO), failure.changes());
        assertEquals("also LINK_BELONGS (p0 owner, p1 owner): " + Finding.LINK_BELONGS.meaning(), failure.detail());
        assertEquals("raise it; take it out", failure.next());
        assertEquals(Finding.LINK_DOWN.next(), Failure.of(Finding.LINK_DOWN, List.of(), "", "").next());
        assertEquals("mine", Failure.of(Finding.LINK_DOWN, List.of(), "", "mine").next());
    }

    @Test
    void an_address_that_lives_elsewhere_is_told_with_its_holder() {
        var held = new HeldAddress(new LinkName("br0"), "192.0.2.1");
        var obstacles = new Obstacles();
        obstacles.add(Finding.LINK_DOWN, DOWN, "");
        obstacles.add(held, ONE);
        var all = obstacles.unmet().orElseThrow().obstacles();
        assertEquals(List.of(), all.getFirst().held());
        assertEquals(List.of(held), all.getLast().held());
        assertEquals(Finding.ADDRESS_ELSEWHERE, all.getLast().finding());
    }

    @Test
    void a_finding_is_closed_by_what_is_foreseen_here_or_around_and_by_nothing_else() {
        var here = FindingForecast.of(Finding.LINK_DOWN);
        assertTrue(here.with(Set.of(Effect.LINKS), Set.of()));
        assertFalse(here.with(Set.of(), Set.of(Effect.LINKS)));
        assertFalse(here.with(Set.of(Effect.PACKAGES), Set.of()));
        var anywhere = FindingForecast.of(Finding.LINK_WITHOUT_CARRIER);
        assertTrue(anywhere.with(Set.of(), Set.of(Effect.LINKS)));
        assertFalse(anywhere.with(Set.of(), Set.of()));
        assertFalse(FindingForecast.of(Finding.CARD_MODE).with(Set.of(Effect.values()), Set.of(Effect.values())));
    }

    @Test
    void a_unit_of_the_service_manager_has_an_ending_and_a_link_has_none() {
        assertEquals(new Touch.Service("a.service"), Touch.named("a.service"));
        assertEquals(new Touch.Link("a.b"), Touch.named("a.b"));
        assertEquals(Set.of(new Touch.Link("a"), new Touch.Service("a.service")), Touch.either("a"));
        assertEquals(Set.of(new Touch.Link("a.service"), new Touch.Service("a.service")), Touch.either("a.service"));
    }

    @Test
    void a_file_that_is_taken_away_can_be_put_back() {
        var builder = new DiffBuilder();
        builder.change("file", "absent", "present");
        builder.remove("/etc/a", "0644", "before\n", Command.of("systemctl", "disable", "a"));
        var remedy = assertInstanceOf(Diff.Mendable.class, builder.diff()).remedy();
        assertEquals(List.of("systemctl disable a", "rm -f /etc/a"), remedy.commands().stream().map(Command::line).toList());
        assertTrue(remedy.undo().stream().anyMatch(command -> command.stdin().equals("before\n")), remedy.undo().toString());
    }

    @Test
    void an_obstacle_of_the_next_boot_says_so() {
        var builder = new DiffBuilder();
        builder.unmet(Finding.LINK_DOWN, DOWN, "");
        builder.atBoot(() -> builder.unmet(Finding.PERSIST_NOWHERE, ONE, ""));
        assertEquals(List.of(DOWN, ONE.at(Change.When.BOOT)), assertInstanceOf(Diff.Unmet.class, builder.diff()).changes());
    }

    @Test
    void programs_behind_env_count_and_its_variables_do_not() {
        var remedy = Remedy.of(List.of(Command.of("env", "A=1", "apt-get", "x=y", "install")), List.of(), Set.of());
        assertEquals(Set.of("env", "apt-get"), remedy.programs().keySet());
        var strange = Remedy.of(List.of(Command.of("env", "=x", "ip")), List.of(), Set.of());
        assertEquals(Set.of("env", "ip"), strange.programs().keySet());
    }
}
