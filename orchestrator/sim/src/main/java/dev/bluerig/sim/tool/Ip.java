package dev.bluerig.sim.tool;

import dev.bluerig.inventory.Cidr;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.net.SimLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `ip` of iproute2: address, link, route, rule, neigh. Error texts and exit codes as iproute2 6.1 gives them.
final class Ip {
    private final ProgramCall call;
    private final List<String> words;
    private boolean json;
    private boolean details;
    private boolean brief;
    private boolean statistics;
    private Optional<Boolean> v6 = Optional.empty();

    private Ip(ProgramCall call) {
        this.call = call;
        this.words = new ArrayList<>(call.arguments());
    }

    static int run(ProgramCall call) {
        return new Ip(call).run();
    }

    private int run() {
        while (!words.isEmpty() && words.getFirst().startsWith("-")) {
            switch (words.removeFirst()) {
                case "-j", "-json" -> json = true;
                case "-d", "-details" -> details = true;
                case "-br", "-brief" -> brief = true;
                case "-4" -> v6 = Optional.of(false);
                case "-6" -> v6 = Optional.of(true);
                case "-s", "-stats", "-statistics" -> statistics = true;
                case "-o", "-oneline", "-p" -> {
                    return call.unknown("this option");
                }
                default -> {
                    return call.unknown("option");
                }
            }
        }
        if (words.isEmpty()) return call.fail(255, "Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }");
        String object = words.removeFirst();
        if (abbreviates(object, "address")) return address();
        if (abbreviates(object, "link")) return link();
        if (abbreviates(object, "route")) return route();
        if (object.equals("rule")) return rules();
        if (abbreviates(object, "neighbour") || object.equals("neighbor")) return neighbours();
        call.machine().unknown(String.join(" ", call.words()));
        return call.fail(1, "Object \"" + object + "\" is unknown, try \"ip help\".");
    }

    private static boolean abbreviates(String word, String full) {
        return full.startsWith(word);
    }

    private String verb() {
        return words.isEmpty() ? "show" : words.removeFirst();
    }

    private SimMachine machine() {
        return call.machine();
    }

    private Optional<SimLink> link(String name) {
        return machine().links().find(name);
    }

    private int address() {
        String verb = verb();
        return switch (verb) {
            case "show", "list", "s", "sh", "ls" -> show(true);
            case "add", "replace", "change", "del", "delete" -> changeAddress(verb);
            case "flush" -> flush();
            default -> call.unknown("address " + verb);
        };
    }

    private int show(boolean addresses) {
        boolean onlyUp = words.remove("up");
        words.remove("dev");
        if (words.size() > 1) return call.unknown("selector");
        List<SimLink> links = machine().links().all();
        if (!words.isEmpty()) {
            Optional<SimLink> one = link(words.getFirst());
            if (one.isEmpty()) return call.fail(1, "Device \"" + words.getFirst() + "\" does not exist.");
            links = List.of(one.get());
        }
        links = links.stream().filter(link -> !onlyUp || link.isUp()).toList();
        if (statistics && !json) return call.unknown("statistics other than as JSON");
        call.print(new IpLinks(machine(), details, statistics, v6).show(links, addresses, json, brief));
        return 0;
    }

    private int changeAddress(String verb) {
        Optional<String> text = Optional.empty();
        Optional<String> device = Optional.empty();
        while (!words.isEmpty()) {
            String word = words.removeFirst();
            if (word.equals("dev") && !words.isEmpty()) device = Optional.of(words.removeFirst());
            else if (word.equals("local")) text = Optional.of(words.removeFirst());
            else if (text.isEmpty()) text = Optional.of(word);
            else return call.unknown("address " + verb + " " + word);
        }
        if (device.isEmpty()) return call.fail(255, "Not enough information: \"dev\" argument is required.");
        Optional<Cidr> cidr = text.flatMap(Ip::parse);
        if (cidr.isEmpty()) return call.fail(1, "Error: any valid prefix is expected rather than \"" + text.orElse("") + "\".");
        Optional<SimLink> link = link(device.get());
        if (link.isEmpty()) return call.fail(1, "Cannot find device \"" + device.get() + "\"");
        if (!call.user().isRoot()) return call.fail(2, "RTNETLINK answers: Operation not permitted");
        String family = cidr.get().isV6() ? "ipv6" : "ipv4";
        if (verb.startsWith("del")) {
            return link.get().remove(cidr.get()) ? 0
                : call.fail(2, family.equals("ipv4") ? "Error: ipv4: Address not found."
                : "RTNETLINK answers: Cannot assign requested address");
        }
        boolean fresh = link.get().add(cidr.get());
        return fresh || !verb.equals("add") ? 0 : call.fail(2, "Error: " + family + ": Address already assigned.");
    }

    private static Optional<Cidr> parse(String text) {
        try {
            return Optional.of(new Cidr(text.contains("/") ? text : text + (text.contains(":") ? "/128" : "/32")));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    private int flush() {
        words.remove("dev");
        if (words.size() != 1) return call.unknown("selector");
        if (!call.user().isRoot()) return call.fail(2, "RTNETLINK answers: Operation not permitted");
        Optional<SimLink> link = link(words.getFirst());
        if (link.isEmpty()) return call.fail(1, "Device \"" + words.getFirst() + "\" does not exist.");
        link.get().flush();
        return 0;
    }

    private int link() {
        String verb = verb();
        return switch (verb) {
            case "show", "list", "s", "sh", "ls" -> show(false);
            case "set" -> set();
            default -> call.unknown("link " + verb);
        };
    }

    /// All of it or nothing, as the kernel does with one message.
    private int set() {
        words.remove("dev");
        if (words.isEmpty()) return call.fail(255, "Not enough information: \"dev\" argument is required.");
        String name = words.removeFirst();
        Optional<SimLink> found = link(name);
        if (found.isEmpty()) return call.fail(1, "Cannot find device \"" + name + "\"");
        SimLink link = found.get();
        Optional<Boolean> up = Optional.empty();
        Optional<Integer> mtu = Optional.empty();
        while (!words.isEmpty()) {
            switch (words.removeFirst()) {
                case "up" -> up = Optional.of(true);
                case "down" -> up = Optional.of(false);
                case "mtu" -> {
                    if (words.isEmpty() || !words.getFirst().matches("\\d{1,9}"))
                        return call.fail(255, "Error: argument \"" + String.join(" ", words) + "\" is wrong: Invalid \"mtu\" value");
                    mtu = Optional.of(Integer.parseInt(words.removeFirst()));
                }
                default -> {
                    return call.unknown("link set");
                }
            }
        }
        if (!call.user().isRoot()) return call.fail(2, "RTNETLINK answers: Operation not permitted");
        if (mtu.isPresent() && link.maxMtu() > 0 && mtu.get() > link.maxMtu())
            return call.fail(2, "Error: mtu greater than device maximum.");
        if (mtu.isPresent() && mtu.get() < link.minMtu()) return call.fail(2, "Error: mtu less than device minimum.");
        mtu.ifPresent(link::resize);
        up.ifPresent(wanted -> {
            if (wanted) link.raise();
            else link.lower();
        });
        return 0;
    }

    private int route() {
        String verb = verb();
        IpRoutes routes = new IpRoutes(machine(), v6);
        switch (verb) {
            case "show", "list", "s", "sh", "ls" -> {
                boolean all = words.equals(List.of("table", "all"));
                boolean standard = words.equals(List.of("default"));
                if (!all && !standard && !words.isEmpty() && !words.equals(List.of("table", "main"))) return call.unknown("route selector");
                call.print(routes.show(all, standard, json));
                return 0;
            }
            case "get" -> {
                if (words.isEmpty()) return call.fail(255, "need at least a destination address");
                Optional<Cidr> to = parse(words.getFirst());
                if (to.isEmpty()) return call.fail(1, "Error: any valid address is expected rather than \"" + words.getFirst() + "\".");
                if (words.size() > 1) return call.unknown("route get selector");
                Optional<String> line = routes.get(to.get(), json);
                if (line.isEmpty()) return call.fail(2, "RTNETLINK answers: Network is unreachable");
                call.print(line.get());
                return 0;
            }
            default -> {
                return call.unknown("route " + verb);
            }
        }
    }

    /// Nobody has added any.
    private int rules() {
        String verb = verb();
        if (!json || !List.of("show", "list").contains(verb) || !words.isEmpty()) return call.unknown("rule " + verb);
        String tail = v6.orElse(false) ? "" : ",{\"priority\":32767,\"src\":\"all\",\"table\":\"default\"}";
        call.line("[{\"priority\":0,\"src\":\"all\",\"table\":\"local\"},{\"priority\":32766,\"src\":\"all\",\"table\":\"main\"}" + tail
            + "]");
        return 0;
    }

    private int neighbours() {
        String verb = verb();
        if (!List.of("show", "list", "s", "sh", "ls").contains(verb)) return call.unknown("neigh " + verb);
        Optional<String> to = Optional.empty();
        Optional<String> device = Optional.empty();
        while (!words.isEmpty()) {
            String word = words.removeFirst();
            if (word.equals("dev") && !words.isEmpty()) device = Optional.of(words.removeFirst());
            else if (word.equals("to") && !words.isEmpty()) to = Optional.of(words.removeFirst());
            else return call.unknown("neigh selector");
        }
        call.print(new IpRoutes(machine(), v6).neighbours(to, device, json));
        return 0;
    }
}
