package dev.bluerig.trial.run;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.link.LinkRef;
import dev.bluerig.fact.tls.OffloadFlags;
import dev.bluerig.fact.tls.TlsFlags;
import dev.bluerig.fact.tls.TlsSockets;
import dev.bluerig.inventory.CableId;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.Machine;
import dev.bluerig.protocol.Role;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.CommandError;
import dev.bluerig.remote.Reply;
import dev.bluerig.task.diff.Change;
import dev.bluerig.trial.agent.AgentFailure;
import dev.bluerig.trial.spec.CablePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The flip: the flags that are on go off for one round, and come back whatever happens. The programs themselves put them back when they
/// end; this only checks that they did, and does it where they did not.
final class Flip {
    private final TrialContext context;
    private final List<Switch> switches;

    /// One link whose flags go off. `names`: of the flags.
    private record Switch(Machine machine, Role role, CableId cable, LinkName link, List<String> names) {
        Command off() {
            return command("off");
        }

        Command back() {
            return command("on");
        }

        private Command command(String state) {
            var words = new ArrayList<>(List.of("ethtool", "-K", link.text()));
            names.forEach(name -> words.addAll(List.of(name, state)));
            return Command.of(words);
        }

        /// All of its flags are on, or all are off.
        boolean all(boolean on, OffloadFlags flags) {
            var seen = flags.of(link);
            return seen.isPresent() && names.stream()
                .allMatch(name -> (name.equals(TlsFlags.TX) ? seen.get().transmit() : seen.get().receive()).on() == on);
        }
    }

    private Flip(TrialContext context, List<Switch> switches) {
        this.context = context;
        this.switches = switches;
    }

    /// The flip could not be made, or not be undone: a code of `TrialCode`.
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1;

        private final TrialCode code;

        Failed(TrialCode code, String message) {
            super(message);
            this.code = code;
        }

        TrialCode code() {
            return code;
        }

        AgentFailure failure() {
            return new AgentFailure(code, "", getMessage());
        }
    }

    /// Of the flags as they are now. Empty when none is on: then there is nothing that could be switched off.
    static Optional<Flip> of(TrialContext context, List<CablePath> paths, PairSnapshot now) throws Failed {
        var switches = new ArrayList<Switch>();
        for (CablePath path : paths) for (Role role : Role.values()) {
            var names = names(context.trial().of(role).name() + " " + path.link(role), now.end(path, role).flags());
            if (!names.isEmpty()) switches.add(new Switch(context.trial().of(role), role, path.id(), path.link(role), names));
        }
        return switches.isEmpty() ? Optional.empty() : Optional.of(new Flip(context, List.copyOf(switches)));
    }

    private static List<String> names(String where, Reading<TlsFlags> flags) throws Failed {
        return switch (flags) {
            case Reading.Known<TlsFlags>(TlsFlags seen) -> {
                var names = new ArrayList<String>();
                if (switchable(where, TlsFlags.TX, seen.transmit())) names.add(TlsFlags.TX);
                if (switchable(where, TlsFlags.RX, seen.receive())) names.add(TlsFlags.RX);
                yield names;
            }
            case Reading.Unknown<TlsFlags>(String why) ->
                throw new Failed(TrialCode.FLIP_IMPOSSIBLE, where + ": the flags are not known: " + why);
        };
    }

    private static boolean switchable(String where, String name, TlsFlags.Flag flag) throws Failed {
        return switch (flag) {
            case ON -> true;
            case OFF, OFF_FIXED, OFF_REFUSED, ABSENT -> false;
            case ON_FIXED, ON_REFUSED -> throw new Failed(TrialCode.FLIP_IMPOSSIBLE, where + ": " + name + ": " + flag.words());
        };
    }

    /// What the program at this end of the cable runs when it ends.
    List<Command> restore(CablePath path, Role role) {
        return switches.stream().filter(each -> each.role() == role && each.cable().equals(path.id())).map(Switch::back).toList();
    }

    /// After the programs were started, so that they will put the flags back, and before any connection of ours is open.
    void off() throws HostLost, Failed {
        refuseIfBusy();
        for (Machine machine : machines()) {
            var ours = of(machine);
            var off = ours.stream().map(Switch::off).distinct().toList();
            context.listener().flipping(machine, changes(ours), off, ours.stream().map(Switch::back).distinct().toList());
            var replies = context.sessions().run(machine, off);
            for (int i = 0; i < replies.size(); i++) refuse(machine, off.get(i), replies.get(i));
        }
        var still = without(false);
        if (!still.isEmpty()) throw new Failed(TrialCode.FLIP_REFUSED, places(still) + ": not off after ethtool -K");
    }

    private void refuseIfBusy() throws HostLost, Failed {
        var answers = context.sessions().ask(questions(new TlsSockets.Seen()));
        for (Machine machine : machines()) {
            switch (answers.get(machine.name()).get(new TlsSockets.Seen())) {
                case Reading.Known<TlsSockets>(TlsSockets sockets) when sockets.device().isEmpty() -> { }
                case Reading.Known<TlsSockets>(TlsSockets sockets) ->
                    throw new Failed(TrialCode.FLIP_REFUSED, machine.name()
                        + ": flags are not changed under TLS connections of others in the card: " + String.join(", ", sockets.owners()));
                case Reading.Unknown<TlsSockets>(String why) ->
                    throw new Failed(TrialCode.FLIP_REFUSED,
                        machine.name() + ": it is not known whether TLS connections live in the card: " + why);
            }
        }
    }

    private static void refuse(Machine machine, Command command, Reply reply) throws Failed {
        Optional<String> said = CommandError.failure(command, reply);
        if (said.isPresent()) throw new Failed(TrialCode.FLIP_REFUSED, machine.name() + ": " + said.get());
    }

    /// After the programs have ended, in any case.
    void verifyBack() throws HostLost, Failed {
        if (without(true).isEmpty()) {
            machines().forEach(machine -> context.listener().flipped(machine, true));
            return;
        }
        for (Machine machine : machines()) context.sessions().run(machine, of(machine).stream().map(Switch::back).distinct().toList());
        var still = without(true);
        machines().forEach(machine -> context.listener()
            .flipped(machine, still.stream().noneMatch(each -> each.machine().equals(machine))));
        if (!still.isEmpty()) throw new Failed(TrialCode.FLAGS_NOT_RESTORED, places(still) + ": not on again; mend it: "
            + String.join("; ", switches.stream().map(each -> "on " + each.machine().name() + ": " + each.back().line()).distinct()
            .toList()));
    }

    /// The links whose flags are not all `on`, or not all off; what is not known is not.
    private List<Switch> without(boolean on) throws HostLost {
        var answers = context.sessions().ask(questions(flags()));
        return switches.stream()
            .filter(each ->
            !(answers.get(each.machine().name()).get(flagsOf(each)) instanceof Reading.Known<OffloadFlags>(OffloadFlags seen)
            && each.all(on, seen))).toList();
    }

    private static String places(List<Switch> some) {
        return some.stream().map(each -> each.machine().name() + " " + each.link()).distinct().collect(Collectors.joining("; "));
    }

    private static OffloadFlags.Seen flagsOf(Switch each) {
        return new OffloadFlags.Seen(List.of(new LinkRef.ByName(each.link())));
    }

    private Fact.Question<?>[] flags() {
        return switches.stream().map(Flip::flagsOf).toArray(Fact.Question<?>[]::new);
    }

    private Map<Machine, Collection<Fact.Question<?>>> questions(Fact.Question<?>... asked) {
        var questions = new LinkedHashMap<Machine, Collection<Fact.Question<?>>>();
        for (Machine machine : machines()) {
            var own = of(machine).stream().map(Flip::flagsOf).toList();
            questions.put(machine, List.of(asked).stream()
                .filter(question -> !(question instanceof OffloadFlags.Seen) || own.contains(question)).toList());
        }
        return questions;
    }

    private List<Machine> machines() {
        return List.copyOf(new LinkedHashSet<>(switches.stream().map(Switch::machine).toList()));
    }

    private List<Switch> of(Machine machine) {
        return switches.stream().filter(each -> each.machine().equals(machine)).toList();
    }

    private static List<Change> changes(List<Switch> switches) {
        return switches.stream().flatMap(each -> each.names().stream().map(name -> new Change(each.link() + " " + name, "off", "on")))
            .distinct().toList();
    }
}
