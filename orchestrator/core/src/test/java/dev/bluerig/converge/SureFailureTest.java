package dev.bluerig.converge;

import dev.bluerig.diagnostic.CodeName;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.FakeMachine;
import dev.bluerig.fact.Effect;
import dev.bluerig.inventory.Cidr;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import dev.bluerig.source.Binder;
import dev.bluerig.source.Yaml;
import dev.bluerig.task.CommandTask;
import dev.bluerig.task.FileTask;
import dev.bluerig.task.InterfaceTask;
import dev.bluerig.task.OvsBridgeTask;
import dev.bluerig.task.OvsTask;
import dev.bluerig.task.PackagesTask;
import dev.bluerig.task.ServiceTask;
import dev.bluerig.task.Task;
import dev.bluerig.task.diff.Finding;
import dev.bluerig.task.diff.FindingForecast;
import dev.bluerig.task.link.InterfaceSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// In check mode only what a change that comes first could mend is left unjudged; everything else is the failure that apply would meet.
class SureFailureTest {
    /// Answers by the beginning of a command's line; the longest wins.
    private final Map<String, Reply> answers = new HashMap<>(Map.of(
        "flag-is", new Reply.Ran(1, "", ""),
        "stat", new Reply.Ran(1, "", "stat: cannot statx: No such file or directory\n"),
        "find /etc/", new Reply.Ran(1, "", "find: No such file or directory\n"),
        "which", new Reply.Ran(0, "/usr/bin/apt-get\n/usr/bin/env\n/usr/bin/systemctl\n/usr/bin/install\n/usr/bin/mv\n/usr/bin/rm\n/us"
        + "r/bin/ip\n/usr/bin/flag-set\n", ""),
        "dpkg-query", new Reply.Ran(1, "", ""),
        "arping -V", new Reply.Ran(0, "arping from iputils 20221126\n", ""),
        "install --version", new Reply.Ran(0, "install (GNU coreutils) 9.1\n", ""),
        "rpm", new Reply.Ran(127, "", "sh: 1: rpm: not found\n"),
        "ip -d -j address show", new Reply.Ran(0, "[{\"ifname\":\"lo\",\"flags\":[],\"mtu\":1500,\"addr_info\":[]}]", "")));
    {
        answers.put("stat -c %F /", new Reply.Ran(0, "directory\n", ""));
        answers.put("stat -L -c %F /", new Reply.Ran(0, "directory\n", ""));
        answers.put("stat -f", new Reply.Ran(0, "ext2/ext3\n", ""));
        answers.put("test -w", new Reply.Ran(0, "", ""));
        answers.put("lsattr", new Reply.Ran(127, "", "sh: 1: lsattr: not found\n"));
    }
    private final FakeMachine machine = new FakeMachine(this::answer);

    private Reply answer(Command command) {
        return answers.keySet().stream().filter(command.line()::startsWith).max(java.util.Comparator.comparing(String::length))
            .map(answers::get)
            .orElseThrow(() -> new AssertionError("not told about " + command));
    }

    private Outcome last(Mode mode, Forecast forecast, Task<?>... tasks) {
        var terms = new Convergence.Terms(mode, Permit.all(), Guard.none(), Optional::empty, time -> { });
        return new Convergence(machine, terms, new SilentListener()).play(List.of(tasks), forecast).getLast();
    }

    private static final CommandTask ANYTHING =
        new CommandTask(List.of("flag-set"), List.of("flag-is"), "a test", Set.of(), Duration.ofSeconds(5));
    private static final PackagesTask PACKAGE = new PackagesTask(List.of("rshim"), true);
    private static final FileTask FILE = file("/etc/example.conf");
    private static final ServiceTask MISSING = new ServiceTask("rshim", Optional.empty(), Optional.of(true));
    private static final InterfaceTask LINK =
        new InterfaceTask(List.of(new InterfaceSpec(Optional.of(new LinkName("tmfifo_net0")), Optional.empty(), List.of(), false,
        Optional.empty(), Optional.of(true), false)));

    private static FileTask file(String path) {
        return new FileTask(path, "text\n", "0644", Optional.empty());
    }

    private void unit(String load, String active, String file) {
        answers.put("systemctl show",
            new Reply.Ran(0, "Id=rshim.service\nLoadState=" + load + "\nActiveState=" + active + "\nSubState=dead\nUnitFileState=" + file
            + "\n", ""));
    }

    @Test
    void a_unit_that_a_package_would_bring_is_not_judged_yet_and_one_that_a_file_would_not_bring_fails() {
        unit("not-found", "inactive", "");
        assertEquals(new Outcome.Foreseen("to be judged after the changes that come first; now: SERVICE_MISSING"),
            last(Mode.CHECK, Forecast.CERTAIN, PACKAGE, MISSING));
        assertEquals("SERVICE_MISSING", ((Outcome.Failed) last(Mode.CHECK, Forecast.CERTAIN, FILE, MISSING)).failure().code().name());
        assertInstanceOf(Outcome.Foreseen.class, last(Mode.CHECK, Forecast.CERTAIN, file("/etc/systemd/system/rshim.service"), MISSING));
        assertEquals("SERVICE_MISSING", ((Outcome.Failed) last(Mode.CHECK, Forecast.CERTAIN, MISSING)).failure().code().name());
    }

    @Test
    void what_only_a_person_undoes_fails_behind_any_change_but_a_command_of_the_users_own() {
        unit("masked", "inactive", "masked");
        assertEquals("SERVICE_MASKED", ((Outcome.Failed) last(Mode.CHECK, Forecast.CERTAIN, PACKAGE, FILE, MISSING)).failure().code()
            .name());
        assertInstanceOf(Outcome.Foreseen.class, last(Mode.CHECK, Forecast.CERTAIN, ANYTHING, MISSING));
    }

    @Test
    void a_change_of_an_earlier_play_counts_like_one_of_this_play() {
        unit("not-found", "inactive", "");
        assertInstanceOf(Outcome.Foreseen.class, last(Mode.CHECK, new Forecast(Set.of(Effect.PACKAGES), Set.of()), MISSING));
        assertInstanceOf(Outcome.Failed.class, last(Mode.CHECK, new Forecast(Set.of(Effect.FLAGS), Set.of(Effect.PACKAGES)), MISSING),
            "another machine's packages bring no unit here");
    }

    @Test
    void what_is_not_judged_yet_may_bring_what_comes_after_it() {
        unit("not-found", "inactive", "");
        assertEquals(new Outcome.Foreseen("to be judged after the changes that come first; now: LINK_MISSING"),
            last(Mode.CHECK, Forecast.CERTAIN, PACKAGE, MISSING, LINK));
    }

    @Test
    void after_a_sure_failure_the_rest_is_skipped_as_apply_would() {
        unit("masked", "inactive", "masked");
        assertEquals(new Outcome.Skipped(new SkipReason.EarlierTask("task 2", Optional.of(CodeName.of(Finding.SERVICE_MASKED)))),
            last(Mode.CHECK, Forecast.CERTAIN, PACKAGE, MISSING, FILE));
    }

    @Test
    void a_program_that_is_missing_may_come_with_a_package_only() {
        answers.put("systemctl show", new Reply.Ran(127, "", "sh: 1: systemctl: not found\n"));
        assertInstanceOf(Outcome.Foreseen.class, last(Mode.CHECK, Forecast.CERTAIN, PACKAGE, MISSING));
        assertInstanceOf(Outcome.Unknown.class, last(Mode.CHECK, Forecast.CERTAIN, FILE, MISSING));
        answers.put("systemctl show", new Reply.Ran(1, "", "Failed to connect to bus\n"));
        assertInstanceOf(Outcome.Unknown.class, last(Mode.CHECK, Forecast.CERTAIN, PACKAGE, MISSING), "it is there and does not answer");
    }

    @Test
    void files_that_cannot_be_read_stay_so_unless_they_are_written_anew() {
        answers.put("ip -d -j address show", new Reply.Ran(0, "[{\"ifname\":\"tmfifo_net0\",\"flags\":[],\"mtu\":1500,\"addr_info\":[]}]",
            ""));
        answers.put("nmcli", new Reply.Ran(127, "", "sh: 1: nmcli: not found\n"));
        answers.put("networkctl", new Reply.Ran(127, "", "sh: 1: networkctl: not found\n"));
        answers.put("grep", new Reply.TooMuch("", ""));
        answers.put("netplan", new Reply.Ran(127, "", "sh: 1: netplan: not found\n"));
        answers.put("systemctl", new Reply.Ran(1, "", ""));
        answers.put("find /usr", new Reply.Ran(2, "", "find: Input/output error\n"));
        var saved =
            new InterfaceTask(
            List.of(new InterfaceSpec(Optional.of(new LinkName("tmfifo_net0")), Optional.empty(), List.of(), false, Optional.empty(),
            Optional.of(true), true)));
        assertInstanceOf(Outcome.Unknown.class, last(Mode.CHECK, Forecast.CERTAIN, PACKAGE, FILE, saved),
            "the missing nmcli is not the reason");
        assertInstanceOf(Outcome.Foreseen.class, last(Mode.CHECK, Forecast.CERTAIN, file("/etc/netplan/01.yaml"), saved));
    }

    @Test
    void a_place_stays_as_it_is_and_an_account_may_come_with_a_package() {
        answers.put("test -w", new Reply.Ran(1, "", ""));
        assertEquals("FILE_PLACE", ((Outcome.Failed) last(Mode.CHECK, Forecast.CERTAIN, PACKAGE, LINK, FILE)).failure().code().name());
        answers.put("test -w", new Reply.Ran(0, "", ""));
        answers.put("getent", new Reply.Ran(2, "", ""));
        var owned = new FileTask("/etc/example.conf", "text\n", "0644", Optional.of("frr:frr"));
        assertEquals("FILE_OWNER", ((Outcome.Failed) last(Mode.CHECK, Forecast.CERTAIN, FILE, owned)).failure().code().name());
        assertInstanceOf(Outcome.Foreseen.class, last(Mode.CHECK, Forecast.CERTAIN, PACKAGE, owned));
    }

    private static InterfaceTask address(String link, boolean only) {
        return new InterfaceTask(
            List.of(new InterfaceSpec(Optional.of(new LinkName(link)), Optional.empty(), List.of(new Cidr("192.0.2.1/30")), only,
            Optional.empty(), Optional.empty(), false)));
    }

    private static String links(String... each) {
        return Arrays.stream(each).map(one -> "{" + one + ",\"flags\":[],\"mtu\":1500}").collect(Collectors.joining(",", "[", "]"));
    }

    /// Taking a link out of its master, and an address from another link, is what no change of this link's neighbours does.
    @Test
    void a_link_that_belongs_and_an_address_elsewhere_fail_behind_changes_of_other_links() {
        answers.put("ovs-vsctl", new Reply.Ran(127, "", "sh: 1: ovs-vsctl: not found\n"));
        answers.put("ip -j route", new Reply.Ran(0, "[]", ""));
        String tmfifo = "\"ifname\":\"tmfifo_net0\",\"addr_info\":[]";
        String br0 = "\"ifname\":\"br0\",\"linkinfo\":{\"info_kind\":\"bridge\"},\"addr_info\":[]";
        answers.put("ip -d -j address show", new Reply.Ran(0, links(tmfifo, br0, "\"ifname\":\"p1\",\"master\":\"br0\",\"addr_info\":[]"),
            ""));
        assertEquals("LINK_BELONGS", ((Outcome.Failed) last(Mode.CHECK, Forecast.CERTAIN, LINK, address("p1", false))).failure().code()
            .name());
        assertInstanceOf(Outcome.Foreseen.class, last(Mode.CHECK, Forecast.CERTAIN, ANYTHING, address("p1", false)));
        String eno1 = "\"ifname\":\"eno1\",\"addr_info\":[{\"family\":\"inet\",\"local\":\"192.0.2.1\",\"prefixlen\":30,\"scope\":\"gl"
            + "obal\"}]";
        answers.put("ip -d -j address show", new Reply.Ran(0, links(tmfifo, eno1, "\"ifname\":\"p1\",\"addr_info\":[]"), ""));
        assertEquals("ADDRESS_ELSEWHERE", ((Outcome.Failed) last(Mode.CHECK, Forecast.CERTAIN, LINK, address("p1", false))).failure().code()
            .name());
        assertInstanceOf(Outcome.Foreseen.class, last(Mode.CHECK, Forecast.CERTAIN, only("eno1"), address("p1", false)),
            "the task before takes it away there");
        answers.put("ip -d -j address show", new Reply.Ran(0, links(tmfifo, eno1, eno2("192.0.2.5"), "\"ifname\":\"p1\",\"addr_info\":[]"),
            ""));
        assertEquals("ADDRESS_ELSEWHERE", ((Outcome.Failed) last(Mode.CHECK, Forecast.CERTAIN, only("eno2"), address("p1", false)))
            .failure().code().name(), "another address goes from another link");
        answers.put("ip -d -j address show", new Reply.Ran(0, links(tmfifo, eno1, eno2("192.0.2.1"), "\"ifname\":\"p1\",\"addr_info\":[]"),
            ""));
        assertEquals("ADDRESS_ELSEWHERE", ((Outcome.Failed) last(Mode.CHECK, Forecast.CERTAIN, only("eno2"), address("p1", false)))
            .failure().code().name(), "eno1 still has it");
        assertEquals("ADDRESS_ELSEWHERE", ((Outcome.Failed) last(Mode.CHECK, Forecast.CERTAIN, only("eno1"), address("p1", false)))
            .failure().code().name(), "eno2 still has it");
        assertInstanceOf(Outcome.Foreseen.class, last(Mode.CHECK, Forecast.CERTAIN, only("eno1"), only("eno2"), address("p1", false)));
        unit("not-found", "inactive", "");
        assertEquals("ADDRESS_ELSEWHERE",
            ((Outcome.Failed) last(Mode.CHECK, Forecast.CERTAIN, PACKAGE, only("enp9s0"), address("p1", false))).failure().code().name(),
            "a link that is to come has no address now");
        InterfaceTask both = (InterfaceTask) bound(InterfaceTask.class,
            "[{name: enp9s0, up: true}, {name: eno1, only: true}, {name: eno2, only: true}]");
        assertInstanceOf(Outcome.Foreseen.class, last(Mode.CHECK, Forecast.CERTAIN, PACKAGE, both, address("p1", false)),
            "a task that cannot be judged yet may take it away there");
        assertInstanceOf(Outcome.Foreseen.class, last(Mode.CHECK, Forecast.CERTAIN.and(both), address("p1", false)),
            "in an earlier play, too");
    }

    private static String eno2(String address) {
        return "\"ifname\":\"eno2\",\"addr_info\":[{\"family\":\"inet\",\"local\":\"" + address
            + "\",\"prefixlen\":30,\"scope\":\"global\"}]";
    }

    private static InterfaceTask only(String link) {
        return new InterfaceTask(
            List.of(new InterfaceSpec(Optional.of(new LinkName(link)), Optional.empty(), List.of(), true, Optional.empty(),
            Optional.empty(), false)));
    }

    @Test
    void a_dead_switch_that_the_task_ovs_starts_is_no_failure_of_what_comes_after_it() {
        assertTrue(FindingForecast.of(Finding.OVS_NOT_RUNNING).with(Set.of(Effect.SWITCH), Set.of()));
        assertFalse(FindingForecast.of(Finding.OVS_NOT_ANSWERING).with(Set.of(Effect.SWITCH, Effect.SERVICES), Set.of()));
        answers.put("ovs-vsctl", new Reply.Ran(1, "", "ovs-vsctl: unix:/var/run/openvswitch/db.sock: database connection failed (No"
            + " such file or directory)\n"));
        answers.put("ovs-appctl", new Reply.Ran(1, "", "ovs-appctl: cannot read pidfile \"/var/run/openvswitch/ovs-vswitchd.pid\" (No"
            + " such file or directory)\n"));
        answers.put("ovsdb-tool", new Reply.Ran(0, "8.3.0\n", ""));
        answers.put("ovs-ofctl", new Reply.Ran(1, "", "ovs-ofctl: br0 is not a bridge or a socket\n"));
        answers.put("cat /var/run/openvswitch/ovs-vswitchd.pid", new Reply.Ran(1, "", "cat: No such file or directory\n"));
        answers.put("systemctl show", new Reply.Ran(0, "Id=openvswitch-switch.service\nLoadState=loaded\nActiveState=inactive\nSubStat"
            + "e=dead\nUnitFileState=enabled\n\n"
            + "Id=openvswitch.service\nLoadState=not-found\nActiveState=inactive\nSubState=dead\nUnitFileState=\n", ""));
        var which = (Reply.Ran) answers.get("which");
        answers.put("which", new Reply.Ran(0, which.out() + "/usr/bin/ovs-vsctl\n/usr/bin/ovs-ofctl\n/usr/sbin/ethtool\n", ""));
        Task<?> start = bound(OvsTask.class, "{hw_offload: true}");
        Task<?> bridge = bound(OvsBridgeTask.class, "[{bridge: br0, ports: [p0]}]");
        assertEquals(new Outcome.Foreseen("to be judged after the changes that come first; now: OVS_NOT_RUNNING"),
            last(Mode.CHECK, Forecast.CERTAIN, start, bridge));
        assertEquals("OVS_NOT_RUNNING", ((Outcome.Failed) last(Mode.CHECK, Forecast.CERTAIN, bridge)).failure().code().name());
    }

    private static Task<?> bound(Class<?> type, String yaml) {
        return (Task<?>) Binder.bind(type, Yaml.read("task.yaml", yaml));
    }

    @Test
    void acceptance_and_apply_foresee_nothing() {
        unit("not-found", "inactive", "");
        assertInstanceOf(Outcome.Failed.class, last(Mode.ACCEPT, Forecast.CERTAIN, PACKAGE, MISSING));
    }

    @Test
    void nothing_but_a_neighbour_or_a_change_here_opens_a_finding() {
        for (Finding finding : Finding.values()) {
            assertFalse(FindingForecast.of(finding).with(Set.of(), Set.of()), finding.name());
        }
        var sure = Arrays.stream(Finding.values())
            .filter(finding -> !FindingForecast.of(finding)
            .with(EnumSet.complementOf(EnumSet.of(Effect.COMMAND)), EnumSet.allOf(Effect.class)))
            .map(Finding::name).collect(Collectors.toSet());
        assertTrue(
            sure.containsAll(Set.of("CRYPTO_FUSED", "CARD_MODE", "OFFLOAD_FIXED", "OVS_FOREIGN", "SERVICE_MASKED", "FILE_NOT_TEXT",
            "FILE_NOT_REGULAR", "FILE_PLACE", "FILE_TEMPORARY", "MTU_TOO_BIG")), sure.toString());
        assertFalse(FindingForecast.of(Finding.PERSIST_CONFLICT)
            .with(Set.of(Effect.LINKS, Effect.SERVICES, Effect.MODULES, Effect.SWITCH), EnumSet.allOf(Effect.class)));
        assertTrue(FindingForecast.of(Finding.REACH_NO_ARP).with(Set.of(), Set.of(Effect.SWITCH)),
            "the peer's DPU bridges the port by then");
    }
}
