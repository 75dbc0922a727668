package dev.bluerig.sim.halfdone;

import dev.bluerig.sim.machine.FileEntry;
import dev.bluerig.sim.machine.FileError;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.net.SimLink;
import dev.bluerig.sim.ovs.OpenVSwitch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// All that a remedy can have changed on a simulated machine, from the model itself, so that two ends can be compared line by line. Numbers
/// that a machine draws, such as those of OpenFlow ports, are not part of it.
final class MachineState {
    private static final Set<String> LIVE = Set.of("/proc", "/sys", "/dev");
    private static final Map<String, String> COLUMNS = Map.of("Open_vSwitch", "other_config,external_ids",
        "Bridge", "name,datapath_type,fail_mode,external_ids,other_config", "Port", "name,tag,trunks,vlan_mode,external_ids,other_config",
        "Interface", "name,type,options,mtu_request,error,external_ids,other_config");

    /// That a restart is due of an ovs-vswitchd that is gone means nothing.
    private static final String STALE_MARK = "bluerig-restart-due=pid-(?!%d\\b)\\d+";

    private final Map<String, String> lines = new TreeMap<>();
    private final int switchStart;

    private MachineState(int switchStart) {
        this.switchStart = switchStart;
    }

    static MachineState of(SimMachine machine) {
        var state = new MachineState(machine.ovs().pid());
        try {
            state.files(machine, "/");
        } catch (FileError impossible) {
            throw new AssertionError(impossible);
        }
        for (SimLink link : machine.links().all())
            state.put("link " + link.name(), (link.isUp() ? "up " : "down ") + link.mtu() + " " + new TreeSet<>(link.addresses().stream()
                .map(Object::toString).toList()) + " " + new TreeMap<>(link.features().all()));
        machine.services().all().forEach((name, unit) -> state.put("unit " + name, unit.file() + " active=" + unit.active()));
        state.put("modules", new TreeSet<>(machine.modules()).toString());
        state.put("packages", new TreeMap<>(machine.packages()).toString());
        state.ovs(machine.ovs());
        return state;
    }

    private void put(String what, String how) {
        lines.put(what, how);
    }

    private void files(SimMachine machine, String directory) throws FileError {
        for (String name : machine.files().list(directory)) {
            String path = directory.equals("/") ? "/" + name : directory + "/" + name;
            if (LIVE.contains(path)) continue;
            FileEntry entry = machine.files().find(path, false).orElseThrow();
            put("file " + path, entry.kind() + " " + Integer.toOctalString(entry.mode()) + " " + entry.owner() + ":" + entry.group() + " "
                + entry.target() + new String(entry.content(), StandardCharsets.UTF_8));
            if (entry.isDirectory()) files(machine, path);
        }
    }

    private void ovs(OpenVSwitch ovs) {
        put("ovs", "running=" + ovs.isRunning() + " offloads=" + ovs.offloads());
        COLUMNS.forEach((table, columns) -> put("ovs " + table, sorted(said(ovs, "--columns=" + columns, "list", table))
            .replaceAll(STALE_MARK.formatted(ovs.pid()), "")));
        for (String bridge : said(ovs, "list-br").lines().toList()) {
            put("ovs ports of " + bridge, sorted(said(ovs, "list-ports", bridge)));
            ovs.rules(bridge).ifPresent(rules -> put("ovs rules of " + bridge, rules.toString()));
        }
    }

    private static String said(OpenVSwitch ovs, String... words) {
        OpenVSwitch.Reply reply = ovs.vsctl(List.of(words));
        if (reply.status() != 0) throw new AssertionError(List.of(words) + ": " + reply);
        return reply.out();
    }

    private static String sorted(String records) {
        return String.join("\n", new TreeSet<>(List.of(records.split("\n\n"))));
    }

    /// Where this machine differs from how it should be; empty when all is in effect. An ovs-vswitchd that runs with what it was started
    /// with counts by its start, which must not be an earlier one.
    List<String> differences(MachineState wanted) {
        var all = new TreeSet<>(lines.keySet());
        all.addAll(wanted.lines.keySet());
        var differ = new ArrayList<String>();
        for (String what : all) {
            String here = lines.getOrDefault(what, "absent");
            String there = wanted.lines.getOrDefault(what, "absent");
            if (!here.equals(there)) differ.add(what + ": " + here + ", and should be: " + there);
        }
        if (switchStart < wanted.switchStart) differ.add("ovs-vswitchd was not restarted");
        return differ;
    }
}
