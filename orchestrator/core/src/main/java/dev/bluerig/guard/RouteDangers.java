package dev.bluerig.guard;

import dev.bluerig.fact.system.SshConnections;
import dev.bluerig.fact.way.RouteAnswer;
import dev.bluerig.fact.way.WayIn;
import dev.bluerig.task.diff.Deed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// Addresses and routes: after the change the local end is still there, and answers leave as they did.
record RouteDangers(WayIn before, List<Deed> deeds) {
    List<Danger> all() {
        WayIn after = AddressPlay.after(before, deeds);
        var dangers = new ArrayList<Danger>();
        for (SshConnections.Connection connection : before.connections()) {
            if (!before.holders(connection.local()).isEmpty() && after.holders(connection.local()).isEmpty())
                dangers.add(Danger.sure(Danger.Kind.ADDRESS, connection.local(), "it would go; it is the address of "
                    + connection.words()));
            routes(connection, after, dangers);
        }
        return dangers;
    }

    private void routes(SshConnections.Connection connection, WayIn after, List<Danger> dangers) {
        Map<String, RouteAnswer> then = after.answers(connection);
        before.answers(connection).forEach((given, answer) -> {
            RouteAnswer other = then.getOrDefault(given, answer);
            if (answer.equals(other)) return;
            String held = given.isEmpty() ? "" : " " + given;
            String why = "the way back of " + connection.words() + held + " is " + answer.words() + ", and would be " + other.words();
            boolean part = other.kind().equals("unicast") && !Collections.disjoint(answer.hops(), other.hops());
            dangers.add(new Danger(Danger.Kind.ROUTE, connection.peer(), why, given.isEmpty() && !part));
        });
    }
}
