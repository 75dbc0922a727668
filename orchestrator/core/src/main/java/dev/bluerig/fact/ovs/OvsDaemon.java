package dev.bluerig.fact.ovs;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.ToolReplies;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import dev.bluerig.source.Described;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Whether Open vSwitch lives, and what ovs-vswitchd runs with, which is not always what the database says since.
///
/// - `why`: what was seen of a part that is dead.
/// - `offloads`: whether ovs-vswitchd gives flows to devices now; absent when it does not tell.
/// - `due`: a setting was written and ovs-vswitchd has not been started since.
/// - `waiting`: settings that take effect at the next start and that somebody else wrote.
public record OvsDaemon(State state, @Described(value = "what was seen", absent = "") String why, Optional<Boolean> offloads,
                        @Described(value = "a restart is due", absent = "false") boolean due,
                        @Described(value = "settings of others", absent = "") List<String> waiting,
                        @Described(value = "of ovs-vswitchd", absent = "") String pid) {
    /// In `external_ids` of Open_vSwitch, from before a setting is written until ovs-vswitchd was restarted: the pid that has not seen it.
    public static final String MARK = "bluerig-restart-due";

    /// Two parts, each with its own process; the database may be there and unreadable, ovs-vswitchd may live and say nothing.
    public enum State { RUNNING, SWITCH_DEAD, SWITCH_HANGS, DATABASE_DEAD, DATABASE_BROKEN, NOT_INSTALLED }

    public OvsDaemon {
        waiting = List.copyOf(waiting);
    }

    /// What the mark says while this ovs-vswitchd runs.
    public String mark() {
        return pid.matches("\\d+") ? "pid-" + pid : "unknown";
    }

    static OvsDaemon dead(State state, String why) {
        return new OvsDaemon(state, why, Optional.empty(), false, List.of(), "");
    }

    /// Asked along with the topology; only a dead database is asked for more.
    public record Seen() implements Fact.Question<OvsDaemon> {
        static final Command FLOWS = Command.of("ovs-appctl", "--timeout=5", "upcall/show").askedOf(OvsQuestion.PARTY);
        static final Command PID = Command.of("cat", "/var/run/openvswitch/ovs-vswitchd.pid");
        static final Command FILE = Command.of("ovsdb-tool", "db-version", "/etc/openvswitch/conf.db");
        static final List<Command> COMMANDS = List.of(OvsQuestion.TABLES, OvsQuestion.SWITCH, FLOWS, PID);

        @Override
        public Inquiry<OvsDaemon> read() {
            return Inquiry.ask(COMMANDS, Seen::join);
        }

        static Inquiry<OvsDaemon> join(List<Reply> replies) {
            if (!(replies.get(0) instanceof Reply.Ran tables)) return ToolReplies.unknown(Command.of("ovs-vsctl"), replies.get(0));
            if (tables.status() == 127) return Reading.known(dead(State.NOT_INSTALLED, "no ovs-vsctl"));
            if (!tables.ok()) return database(tables);
            if (replies.get(1) instanceof Reply.Ran denied
                && (denied.status() == 127 || !denied.ok() && DENIED.matcher(denied.err()).find())) return ToolReplies.unknown(
                OvsQuestion.SWITCH, denied);
            if (!(replies.get(1) instanceof Reply.Ran version && version.ok()))
                return silent(replies.get(1), ToolReplies.printed(replies.get(3)).strip());
            return Reading.parsed(Command.of("ovs-vsctl"), tables,
                out -> running(out, version.out(), ToolReplies.printed(replies.get(2)), ToolReplies.printed(replies.get(3)).strip()));
        }

        /// A stopped or busy process holds its socket, so `ovs-appctl` waits until its own alarm; a pid file may outlive its process,
        /// which `ovs-appctl` sees by its lock and calls "No such process".
        private static Inquiry<OvsDaemon> silent(Reply reply, String pid) {
            boolean waited = OvsQuestion.waited(reply);
            if (!waited && !(reply instanceof Reply.Ran)) return ToolReplies.unknown(OvsQuestion.SWITCH, reply);
            String answer = waited ? "does not answer within 5 s" : answer((Reply.Ran) reply);
            if (!pid.matches("[1-9]\\d{0,9}") || answer.contains("(No such process)"))
                return Reading.known(dead(waited ? State.SWITCH_HANGS : State.SWITCH_DEAD, answer));
            return Inquiry.ask(Command.of("cat", "/proc/" + pid + "/comm"),
                comm -> Reading.known(ToolReplies.printed(comm).strip().equals("ovs-vswitchd")
                ? dead(State.SWITCH_HANGS, answer + ", pid " + pid + " lives")
                : dead(waited ? State.SWITCH_HANGS : State.SWITCH_DEAD, answer)));
        }

        /// "Connection refused": the process is gone and its socket stayed; "No such file": it was stopped. The file tells whether it can
        /// start.
        private static Inquiry<OvsDaemon> database(Reply.Ran tables) {
            if (!tables.err().contains("database connection failed") || DENIED.matcher(tables.err()).find())
                return ToolReplies.unknown(Command.of("ovs-vsctl"), tables);
            return Inquiry.ask(FILE, reply -> Reading.known(reply instanceof Reply.Ran ran && BROKEN.matcher(ran.err()).find()
                ? dead(State.DATABASE_BROKEN, answer(ran)) : dead(State.DATABASE_DEAD, answer(tables))));
        }
    }

    private static final Pattern DENIED = Pattern.compile("Permission denied|Operation not permitted");
    /// ovsdb-tool 3.1.0 of files that were damaged on purpose.
    private static final Pattern BROKEN = Pattern.compile("unexpected file format|cannot identify file type|syntax error|SHA-1 hash");
    private static final Pattern VERSION = Pattern.compile("\\(Open vSwitch\\) (\\d+)\\.(\\d+)");
    private static final Pattern BLOCK = Pattern.compile("(?m)^ *flows *:");
    private static final Pattern OFFLOADED = Pattern.compile("(?m)^ *offloaded flows *:");

    private static String answer(Reply.Ran ran) {
        return ran.err().strip().lines().reduce((first, last) -> last).orElse("exit " + ran.status());
    }

    private static OvsDaemon running(String tables, String version, String flows, String pid) {
        var rows = tables.lines().filter(line -> !line.isBlank()).findFirst().map(OvsTable::parse).map(OvsTable::rows).orElse(List.of());
        if (rows.size() != 1) throw new IllegalArgumentException("table Open_vSwitch has " + rows.size() + " rows");
        var top = rows.getFirst();
        var mark = Optional.ofNullable(top.map("external_ids").get(MARK));
        var waiting = List.of("doca", "dpdk").stream().filter(name -> "true".equals(top.map("other_config").get(name + "-init"))
            && top.columns().containsKey(name + "_initialized") && !top.yes(name + "_initialized")).map(name -> name + "-init").toList();
        return new OvsDaemon(State.RUNNING, "", offloads(version, flows),
            mark.filter(old -> pid.isEmpty() || old.equals("pid-" + pid) || old.equals("unknown")).isPresent(), waiting, pid);
    }

    /// ovs-vswitchd counts offloaded flows when its flow API is on, and only then (3.1.0, tried: set, set back, restarted). An older one,
    /// or one without a bridge, does not tell by silence.
    private static Optional<Boolean> offloads(String version, String flows) {
        if (OFFLOADED.matcher(flows).find()) return Optional.of(true);
        Matcher number = VERSION.matcher(version);
        boolean tells = number.find()
            && (Integer.parseInt(number.group(1)) > 3 || number.group(1).equals("3") && Integer.parseInt(number.group(2)) >= 1);
        return tells && BLOCK.matcher(flows).find() ? Optional.of(false) : Optional.empty();
    }
}
