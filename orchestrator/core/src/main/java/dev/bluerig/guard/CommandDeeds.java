package dev.bluerig.guard;

import dev.bluerig.inventory.Cidr;
import dev.bluerig.task.diff.Deed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a command of the user's own does, where its words are those of a program whose words are known: `ip`, `systemctl`, `service`,
/// `ovs-vsctl`. Empty where they are not.
final class CommandDeeds {
    private static final Set<String> LOOKING = Set.of("show", "list", "ls", "get", "help", "lst");

    private CommandDeeds() {}

    static Optional<List<Deed>> deeds(List<String> words) {
        var rest = words.subList(1, words.size());
        return switch (words.getFirst().substring(words.getFirst().lastIndexOf('/') + 1)) {
            case "ip" -> ip(rest.stream().dropWhile(word -> word.startsWith("-")).toList());
            case "systemctl" -> systemctl(rest);
            case "service", "invoke-rc.d" -> rest.size() < 2 ? Optional.empty() : units(rest.get(1), rest.subList(0, 1), false);
            case "ovs-vsctl" -> vsctl(rest);
            default -> Optional.empty();
        };
    }

    private static Optional<List<Deed>> ip(List<String> words) {
        if (words.size() < 2 || words.size() == 2 && LOOKING.contains(words.get(1))) return Optional.of(List.of());
        if (LOOKING.stream().anyMatch(words.get(1)::equals)) return Optional.of(List.of());
        String object = words.getFirst();
        String verb = words.get(1);
        var rest = words.subList(2, words.size());
        if ("link".startsWith(object) && verb.equals("set")) return linkSet(rest);
        if ("link".startsWith(object) && List.of("del", "delete").contains(verb))
            return Optional.of(List.of(new Deed.Disturb(device(rest))));
        if ("link".startsWith(object) && verb.equals("add")) return Optional.empty();
        if ("address".startsWith(object) && rest.contains("dev") && !rest.getFirst().equals("dev")) return address(verb, rest);
        return Optional.empty();
    }

    private static String device(List<String> words) {
        int dev = words.indexOf("dev");
        return dev >= 0 && dev + 1 < words.size() ? words.get(dev + 1) : words.getFirst();
    }

    private static Optional<List<Deed>> linkSet(List<String> words) {
        if (words.isEmpty()) return Optional.empty();
        String link = device(words);
        var rest = words.stream().filter(word -> !word.equals("dev")).skip(1).toList();
        if (rest.equals(List.of("up"))) return Optional.of(List.of(new Deed.SetLink(link, true)));
        if (rest.equals(List.of("down"))) return Optional.of(List.of(new Deed.SetLink(link, false)));
        return Optional.of(List.of(new Deed.Disturb(link)));
    }

    private static Optional<List<Deed>> address(String verb, List<String> words) {
        String link = device(words);
        try {
            var cidr = new Cidr(words.getFirst().indexOf('/') < 0 ? words.getFirst() + (words.getFirst().indexOf(':') < 0 ? "/32" : "/128")
                : words.getFirst());
            return switch (verb) {
                case "add", "replace", "change" -> Optional.of(List.of(new Deed.AddAddress(link, cidr)));
                case "del", "delete" -> Optional.of(List.of(new Deed.RemoveAddress(link, cidr)));
                default -> Optional.of(List.of(new Deed.Disturb(link)));
            };
        } catch (IllegalArgumentException strange) {
            return Optional.of(List.of(new Deed.Disturb(link)));
        }
    }

    private static Optional<List<Deed>> systemctl(List<String> words) {
        var plain = words.stream().filter(word -> !word.startsWith("-")).toList();
        if (plain.isEmpty()) return Optional.of(List.of());
        return units(plain.getFirst(), plain.subList(1, plain.size()), words.contains("--now"));
    }

    private static Optional<List<Deed>> units(String verb, List<String> names, boolean now) {
        return switch (verb) {
            case "start" -> each(names, Deed.Verb.START);
            case "stop", "kill" -> each(names, Deed.Verb.STOP);
            case "restart", "try-restart", "reload", "reload-or-restart", "try-reload-or-restart", "force-reload", "condrestart" ->
                each(names, Deed.Verb.RESTART);
            case "enable", "unmask", "reenable" -> now ? each(names, Deed.Verb.START) : each(names, Deed.Verb.ENABLE);
            case "disable", "mask" -> now ? each(names, Deed.Verb.STOP) : each(names, Deed.Verb.DISABLE);
            case "isolate" -> each(names, Deed.Verb.START).map(list -> List.of(new Deed.RunUnit("halt.target", Deed.Verb.START)));
            case "poweroff", "halt", "rescue", "emergency", "suspend", "hibernate", "kexec", "exit" ->
                Optional.of(List.of(new Deed.RunUnit(verb + ".target", Deed.Verb.START)));
            case "daemon-reload", "reset-failed", "is-active", "is-enabled", "show", "status", "cat", "list-units", "reboot" ->
                Optional.of(List.of());
            default -> Optional.empty();
        };
    }

    private static Optional<List<Deed>> each(List<String> names, Deed.Verb verb) {
        return Optional.of(names.stream().<Deed>map(name -> new Deed.RunUnit(name, verb)).toList());
    }

    /// Its commands stand between `--`.
    private static Optional<List<Deed>> vsctl(List<String> words) {
        var deeds = new ArrayList<Deed>();
        var part = new ArrayList<String>();
        var all = new ArrayList<>(words);
        all.add("--");
        for (String word : all) {
            if (!word.equals("--")) {
                if (!word.startsWith("--")) part.add(word);
                continue;
            }
            if (part.isEmpty()) continue;
            switch (part.getFirst()) {
                case "del-br" -> deeds.add(new Deed.DeleteBridge(part.getLast()));
                case "del-port" -> deeds.add(new Deed.LeaveBridge(part.getLast(), part.size() > 2 ? part.get(1) : "its bridge"));
                case "add-port" -> deeds.add(new Deed.JoinBridge(part.size() > 2 ? part.get(2) : "", part.get(1)));
                case "add-br", "list", "list-br", "list-ports", "show", "get", "find", "br-exists" -> { }
                default -> {
                    return Optional.empty();
                }
            }
            part.clear();
        }
        return Optional.of(deeds);
    }
}
