package dev.bluerig.task;

import dev.bluerig.cases.RealOvs;
import dev.bluerig.converge.Convergence;
import dev.bluerig.converge.ConvergenceListener;
import dev.bluerig.converge.Guard;
import dev.bluerig.converge.Mode;
import dev.bluerig.converge.Outcome;
import dev.bluerig.fact.Facts;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.ovs.OvsTopology;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.source.Binder;
import dev.bluerig.source.Yaml;
import dev.bluerig.task.diff.Diff;
import dev.bluerig.task.diff.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A DPU in factory state whose Open vSwitch is real, and the engine that converges it.
final class RealSwitch implements AutoCloseable {
    final RealOvs ovs;
    private Optional<Remedy> last = Optional.empty();

    private RealSwitch(RealOvs ovs) {
        this.ovs = ovs;
    }

    /// p0, pf0hpf and a sub-function on ovsbr1, the same of port 1 on ovsbr2, with settings that must survive.
    static RealSwitch factory() {
        var one = new RealSwitch(RealOvs.with("p0", "pf0hpf", "en3f0pf0sf0", "p1", "pf1hpf", "en3f1pf1sf0"));
        try {
            one.build();
            return one;
        } catch (AssertionError failed) {
            one.close();
            throw failed;
        }
    }

    private void build() {
        var words = new ArrayList<String>();
        for (String function : List.of("0", "1")) {
            String bridge = "ovsbr" + (Integer.parseInt(function) + 1);
            String subfunction = "en3f" + function + "pf" + function + "sf0";
            words.addAll(List.of("--", "add-br", bridge, "--", "set", "bridge", bridge, "datapath_type=netdev",
                "external_ids:image=factory",
                "--", "add-port", bridge, "p" + function, "--", "set", "interface", "p" + function, "mtu_request=9216",
                "--", "add-port", bridge, "pf" + function + "hpf", "--", "set", "port", "pf" + function + "hpf",
                "external_ids={\"a b\"=\"c, d\"}",
                "--", "add-port", bridge, subfunction, "--", "set", "port", subfunction, "tag=5", "trunks=[7,8]",
                "vlan_mode=native-tagged"));
        }
        vsctl(words.toArray(String[]::new));
    }

    /// Must succeed.
    String vsctl(String... words) {
        var all = new ArrayList<>(List.of("ovs-vsctl", "--timeout=10"));
        all.addAll(List.of(words));
        var ran = ovs.run(all.toArray(String[]::new));
        if (!ran.ok()) throw new AssertionError(all + ": " + ran);
        return ran.out();
    }

    /// What `list-br` and `list-ports` say: `ovs-br0: p0 pf0hpf`.
    List<String> shown() {
        return vsctl("list-br").lines().map(bridge -> bridge + ": " + String.join(" ", vsctl("list-ports", bridge).lines().toList()))
            .toList();
    }

    Outcome check(String task, String yaml) {
        return play(Mode.CHECK, task, yaml);
    }

    Outcome apply(String task, String yaml) {
        return play(Mode.APPLY, task, yaml);
    }

    Outcome accept(String task, String yaml) {
        return play(Mode.ACCEPT, task, yaml);
    }

    private Outcome play(Mode mode, String task, String yaml) {
        return play(mode, task, yaml, ovs);
    }

    /// Through another session than its own.
    Outcome play(Mode mode, String task, String yaml, Session session) {
        var type = TaskCatalogue.all().stream().filter(one -> one.getAnnotation(TaskName.class).value().equals(task)).findFirst()
            .orElseThrow();
        if (!(Binder.bind(type, Yaml.read("task.yaml", yaml)) instanceof Task<?> wanted)) throw new AssertionError(task + " needs a site");
        var terms = new Convergence.Terms(mode, (index, mendable) -> Optional.empty(), Guard.none(), () -> Optional.empty(),
            time -> Thread.sleep(time));
        return new Convergence(session, terms, new Remember()).play(List.of(wanted)).getFirst();
    }

    /// Runs the undo of the last remedy.
    void undo() {
        for (Reply reply : ovs.exchange(new Exchange(last.orElseThrow().undo(), List.of())))
            if (!(reply instanceof Reply.Ran ran && ran.ok()))
                throw new AssertionError(last.get().undo().stream().map(Command::line).toList() + ": " + reply);
    }

    OvsTopology topology() {
        var facts = new Facts(ovs);
        var question = new OvsTopology.Seen();
        try {
            facts.ask(question.questions());
        } catch (Unreachable impossible) {
            throw new AssertionError(impossible);
        }
        if (facts.get(question) instanceof Reading.Known<OvsTopology>(OvsTopology seen)) return seen;
        throw new AssertionError(facts.get(question));
    }

    @Override
    public void close() {
        ovs.close();
    }

    private final class Remember implements ConvergenceListener {
        @Override
        public void acting(int task, Diff.Mendable mendable) {
            last = Optional.of(mendable.remedy());
        }

        @Override
        public void acted(int task, List<Reply> replies) {}

        @Override
        public void outcome(int task, Outcome outcome) {}
    }
}
