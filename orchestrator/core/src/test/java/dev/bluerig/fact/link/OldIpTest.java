package dev.bluerig.fact.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.fact.Reading;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What iproute2 before 5.0 prints for JSON, as its 4.20 was built and run; and what other programs called `ip` say.
class OldIpTest {
    private static final String ROUTES = """
        [{"dst":"default","gateway":"203.0.113.1","dev":"eno1","flags":[]},{"dst":"192.0.2.0/30","dev":"vA","protocol":"kernel","scope":"link","prefsrc":"192.0.2.1","flags":[]},\
        {"local","dst":"127.0.0.0/8","dev":"lo","table":"local","protocol":"kernel","scope":"host","prefsrc":"127.0.0.1","flags":[]},\
        {"broadcast","dst":"192.0.2.3","dev":"vA","table":"local","protocol":"kernel","scope":"link","prefsrc":"192.0.2.1","flags":[]},\
        {"unreachable","dst":"198.51.100.0/24","dev":"lo","table":"main","metric":1024,"flags":[]}]
        """;

    @Test
    void a_bare_word_is_the_type_of_the_route() {
        var routes = Routes.parse(ROUTES);
        assertEquals(2, routes.routes().size(), "only unicast ones lead somewhere");
        assertEquals(List.of("vA"), devices(routes, "192.0.2.0/30"));
        assertEquals(List.of("eno1"), devices(routes, "default"));
    }

    private static List<String> devices(Routes routes, String destination) {
        return routes.routes().stream().filter(route -> route.destination().equals(destination)).map(Routes.Route::device).toList();
    }

    @Test
    void text_in_the_place_of_json_says_which_version_is_needed() {
        String said = assertThrows(IllegalArgumentException.class, () -> PeerRoute.parse("192.0.2.2 dev vA src 192.0.2.1 uid 0 \n   "
            + " cache \n")).getMessage();
        assertTrue(said.contains("iproute2 5.0"), said);
    }

    @Test
    void an_ip_that_knows_no_json_is_told_from_a_failure() {
        for (String err : new String[] {"Option \"-j\" is unknown, try \"ip -help\".\n",
            "BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) multi-call binary.\n"}) {
            var unknown = (Reading.Unknown<String>) Reading.parsed(Command.of("ip", "-j", "route"), new Reply.Ran(255, "", err),
                text -> text);
            assertTrue(unknown.why().contains("iproute2 5.0"), unknown.why());
        }
        var other = (Reading.Unknown<String>) Reading.parsed(Command.of("ip", "-j", "route"),
            new Reply.Ran(1, "", "Device \"x\" does not exist.\n"), text -> text);
        assertFalse(other.why().contains("5.0"), other.why());
    }
}
