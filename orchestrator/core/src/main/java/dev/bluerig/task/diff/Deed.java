package dev.bluerig.task.diff;

import dev.bluerig.inventory.Cidr;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One thing that a remedy does to a machine, as data, in the order in which it is done: the guard plays it through before it happens.
public sealed interface Deed {
    record SetLink(String link, boolean up) implements Deed {}

    /// Some drivers close and open the link for it.
    record SetMtu(String link, int mtu) implements Deed {}

    record AddAddress(String link, Cidr address) implements Deed {}

    record RemoveAddress(String link, Cidr address) implements Deed {}

    /// The link or bridge may lose traffic in a way that is not told.
    record Disturb(String link) implements Deed {}

    record LeaveBridge(String port, String bridge) implements Deed {}

    record JoinBridge(String port, String bridge) implements Deed {}

    record DeleteBridge(String bridge) implements Deed {}

    /// Its rules change, so that it may forward otherwise.
    record Reprogram(String bridge) implements Deed {}

    record RunUnit(String unit, Verb verb) implements Deed {}

    /// Of systemctl(1).
    enum Verb { START, STOP, RESTART, ENABLE, DISABLE }

    /// `before`: what stands there; absent when there is no file. `owner`: `user:group`, or empty for the session's user.
    record WriteFile(String path, String content, String mode, String owner, Optional<String> before) implements Deed {}

    /// A command of the user's own; `touches` is what its author says.
    record RunCommand(List<String> words, Set<String> touches) implements Deed {
        public RunCommand {
            words = List.copyOf(words);
            touches = Set.copyOf(touches);
        }
    }

    record InstallPackages(List<String> names) implements Deed {
        public InstallPackages {
            names = List.copyOf(names);
        }
    }

    /// What is known of something that is only said to be touched.
    static Deed of(Touch touch) {
        return switch (touch) {
            case Touch.Link(String name) -> new Disturb(name);
            case Touch.Bridge(String name) -> new Disturb(name);
            case Touch.Service(String name) -> new RunUnit(name, Verb.RESTART);
        };
    }
}
