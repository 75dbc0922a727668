package dev.bluerig.sim.tool;

import dev.bluerig.sim.machine.MachineFaults;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.machine.TcpSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Programs of the network.
final class NetworkTools {
    private NetworkTools() {}

    static Map<String, Tool> all() {
        return Map.ofEntries(Map.entry("ip", Ip::run), Map.entry("ethtool", Ethtool::run), Map.entry("ping", Ping::run),
            Map.entry("arping", Arping::run),
            Map.entry("tcpdump", Tcpdump::run), Map.entry("ss", NetworkTools::sockets), Map.entry("nmcli", NetworkTools::absent),
            Map.entry("netplan", NetworkTools::netplan), Map.entry("ovs-vsctl", OvsVsctl::run), Map.entry("ovs-appctl", OvsAppctl::run),
            Map.entry("ovs-ofctl", OvsOfctl::run), Map.entry("bridge", NetworkTools::bridge));
    }

    /// No machine of this lab has a bridge of Linux.
    private static int bridge(ProgramCall call) {
        if (!call.arguments().equals(List.of("-j", "fdb", "show"))) return call.unknown("what of bridges");
        call.line("[]");
        return 0;
    }

    /// Known by name, but no image of this lab has it, so it never runs.
    private static int absent(ProgramCall call) {
        return call.unknown("no image has it");
    }

    private static int netplan(ProgramCall call) {
        if (call.arguments().equals(List.of("get"))) {
            call.print(call.machine().files().text("/etc/netplan/50-cloud-init.yaml") + call.machine().files()
                .text("/etc/netplan/60-mlnx.yaml"));
            return 0;
        }
        if (call.arguments().equals(List.of("generate"))) return 0;
        return call.unknown("it would change every link at once");
    }

    /// The TCP sockets of this lab are the SSH connections: those of sshd, and on a host the one it forwards to its DPU.
    private static int sockets(ProgramCall call) {
        List<String> arguments = new ArrayList<>(call.arguments());
        boolean established = arguments.size() > 2 && arguments.subList(arguments.size() - 2, arguments.size())
            .equals(List.of("state", "established"));
        if (established) arguments = arguments.subList(0, arguments.size() - 2);
        GetOpt options = GetOpt.of(arguments, "tiepnHla", List.of(), true);
        if (options.strange().isPresent() || !options.rest().isEmpty() || !options.has("t"))
            return call.unknown("only TCP sockets, all or established");
        if (!options.has("H")) call.line((established ? "" : "State  ") + "Recv-Q Send-Q Local Address:Port Peer Address:Port Process");
        SimMachine machine = call.machine();
        if (options.has("l")) {
            call.line("LISTEN 0      128    0.0.0.0:22   0.0.0.0:*" + users(options));
            machine.sockets().stream().filter(socket -> socket.state() == TcpSocket.State.LISTEN)
                .forEach(socket -> call.line("LISTEN 0      128    " + socket.local() + "   0.0.0.0:*" + users(options, socket)));
            return 0;
        }
        for (MachineFaults.Connection connection : machine.faults().connections())
            socket(call, options, established, own(machine) + ":22", connection.peer());
        if (machine.kind() == SimMachine.Kind.HOST) {
            for (MachineFaults.Connection connection : machine.world().dpuOf(machine).faults().connections())
                socket(call, options, established, connection.peer(), "192.168.100.2:22");
        }
        machine.sockets().stream().filter(socket -> socket.state() == TcpSocket.State.ESTAB)
            .forEach(socket -> tcp(call, options, established, socket));
        return 0;
    }

    private static void tcp(ProgramCall call, GetOpt options, boolean established, TcpSocket socket) {
        call.line((established ? "" : "ESTAB  ") + "0      0      " + socket.local() + " " + socket.peer() + users(options, socket)
            + (options.has("e") ? " ino:1 sk:1 <->" : ""));
        if (options.has("i"))
            call.line("\t cubic wscale:7,7 rto:204 rtt:0.1/0.05 mss:8948" + socket.tls().map(tls -> " " + tls.text()).orElse(""));
    }

    private static String users(GetOpt options, TcpSocket socket) {
        return options.has("p") ? " users:((\"" + socket.process() + "\",pid=" + socket.pid() + ",fd=5))" : "";
    }

    private static String own(SimMachine machine) {
        return machine.kind() == SimMachine.Kind.DPU ? "192.168.100.2"
            : machine.links().find("eno1").flatMap(link -> link.addresses().stream().findFirst()).map(cidr -> cidr.address())
            .orElse("0.0.0.0");
    }

    private static String users(GetOpt options) {
        return options.has("p") ? " users:((\"sshd\",pid=812,fd=4))" : "";
    }

    private static void socket(ProgramCall call, GetOpt options, boolean established, String local, String peer) {
        call.line((established ? "" : "ESTAB  ") + "0      0      " + local + " " + peer + users(options)
            + (options.has("e") ? " ino:1 sk:1 <->" : ""));
        if (options.has("i")) call.line("\t cubic wscale:7,7 rto:204 rtt:0.1/0.05 mss:1448");
    }
}
