package dev.bluerig.trial.run;

import dev.bluerig.cases.FakeSession;
import dev.bluerig.cases.ScriptedLive;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.RunningProgram;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.trial.verdict.ErrorCounter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A host or a DPU of a trial with just as much state as a trial sees. It fails on a command that it was not told about.
///
/// `ports`: netdev by PCI address. Tests change the public fields to make it wrong.
public final class FakeHost extends FakeSession {
    /// Programs that such a machine does not have.
    private static final Set<String> ABSENT =
        Set.of("mst", "flint", "mstflint", "mlxconfig", "mstconfig", "mlxfwmanager", "mstfwmanager", "lspci", "devlink", "lscpu",
        "ofed_info", "mlxprivhost", "mstprivhost", "systemctl", "ovs-vsctl", "gzip");

    public final String name;
    final Map<String, String> ports;
    public final Map<String, String> addresses = new TreeMap<>();
    public final Map<String, Boolean> transmit = new TreeMap<>();
    public final Map<String, Boolean> receive = new TreeMap<>();
    public final Map<String, Long> tls = new TreeMap<>();
    public final Map<String, Map<String, Long>> nic = new TreeMap<>();
    public final Map<String, String> routes = new TreeMap<>();
    public final List<String> foreign = new ArrayList<>();
    /// As `ss` prints the connections of the agents while they are open.
    public final List<String> ours = new ArrayList<>();
    public final List<String> ran = new ArrayList<>();
    public final List<String> log = new ArrayList<>(List.of("[    1.000000] old warning"));
    public final Set<String> withoutCarrier = new java.util.TreeSet<>();
    public boolean module = true;
    public boolean arp = true;
    public boolean big = true;
    public boolean refusesFlags;
    public boolean fixedFlags;
    public boolean forgetsFlags;
    public volatile boolean dead;
    /// Lost when this is first asked.
    public String deadlyCommand = "";

    /// What tcpdump does when it is started, one after the other; a machine without it says so.
    final Deque<ScriptedLive> captures = new ArrayDeque<>();
    final List<String> launched = new ArrayList<>();
    /// The file that it leaves.
    byte[] captured = new byte[0];

    public FakeHost(String name, Map<String, String> ports) {
        this.name = name;
        this.ports = new TreeMap<>(ports);
        ports.values().forEach(link -> {
            transmit.put(link, true);
            receive.put(link, true);
            nic.put(link,
                new TreeMap<>(Map.of("tx_tls_encrypted_bytes", 100L, "rx_tls_decrypted_bytes", 100L, "rx_crc_errors_phy", 0L,
                "link_down_events_phy", 1L,
                "tx_bytes_phy", 1000L, "rx_bytes_phy", 2000L,
                "tx_tls_encrypted_packets", 7L, "rx_tls_decrypted_packets", 8L)));
            for (ErrorCounter counter : ErrorCounter.values()) nic.get(link).put(counter.text(), 0L);
        });
        for (String way : List.of("Tx", "Rx")) for (String where : List.of("Device", "Sw")) {
            tls.put("TlsCurr" + way + where, 0L);
            tls.put("Tls" + way + where, 10L);
        }
        for (String counter : List.of("TlsDecryptError", "TlsRxDeviceResync", "TlsDecryptRetry", "TlsRxNoPadViolation"))
            tls.put(counter, 0L);
    }

    @Override
    public synchronized List<Reply> exchange(Exchange exchange) throws Unreachable {
        return super.exchange(exchange);
    }

    @Override
    public synchronized Reply run(Command command) throws Unreachable {
        if (dead || !deadlyCommand.isEmpty() && command.line().startsWith(deadlyCommand)) {
            dead = true;
            throw new Unreachable(ConnectionCode.CONNECTION_LOST, "the connection was cut");
        }
        ran.add(command.line());
        return reply(command.words(), command.line());
    }

    private Reply reply(List<String> words, String line) {
        String last = words.getLast();
        return switch (words.getFirst()) {
            case String program when ABSENT.contains(program) -> new Reply.Ran(127, "", program + ": not found");
            case String program when line.equals("ping -V") || line.equals("arping -V") -> ok(program + " from iputils 20221126\n");
            case "mkdir", "rm" -> ok("");
            case "stat" -> captured.length == 0 ? no() : ok(Math.min(24, captured.length) + "\n");
            case "base64" -> ok(Base64.getEncoder().encodeToString(captured));
            case "find" -> line.startsWith("find /run/bluerig ") ? ok("") : line.contains("/sys/class/net") ? ok(sysfs())
                : line.contains("hwmon") ? ok("55000\n") : no();
            case "ip" -> ip(words, line, last);
            case "ethtool" -> ethtool(words);
            case "cat" -> cat(last);
            case "uname" -> ok("6.8.0-31-generic x86_64\n");
            case "dmesg" -> ok(String.join("\n", log) + "\n");
            case "lsmod" -> ok("Module Size Used by\n" + (module ? "tls 1 0\n" : ""));
            case "modinfo" -> module ? ok("/lib/modules/6.8.0-31-generic/kernel/net/tls/tls.ko\n")
                : new Reply.Ran(1, "", "modinfo: ERROR: Module tls not found.");
            case "grep" -> grep(line);
            case "ss" -> ok(String.join("", foreign) + String.join("", ours));
            case "ping" -> line.contains("-s 56 ") || big ? ok("") : new Reply.Ran(1, "", "");
            case "timeout", "arping" -> arp ? ok("Unicast reply from 192.0.2.2 [02:00:00:00:00:01]  0.5ms\n") : new Reply.Ran(1, "", "");
            case "ovs-appctl" -> ok(line.contains("offloaded") ? "ufid:1, in_port(p0),eth_type(0x0800), packets:9, bytes:9,"
                + " offloaded:yes, dp:tc\n" : "");
            default -> throw new AssertionError(name + " was not told about: " + line);
        };
    }

    private static Reply ok(String out) {
        return new Reply.Ran(0, out, "");
    }

    private static Reply no() {
        return new Reply.Ran(1, "", "No such file or directory");
    }

    private String sysfs() {
        var text = new StringBuilder();
        ports.forEach((pci, link) -> text.append(link).append(" ../../devices/pci0000:b0/").append(pci).append("/net/").append(link)
            .append('\n'));
        return text.toString();
    }

    private Reply ip(List<String> words, String line, String last) {
        if (line.equals("ip -d -j address show")) return ok(links());
        if (line.startsWith("ip -j route get "))
            return routes.containsKey(last) ? ok("[{\"dst\":\"" + last + "\",\"dev\":\"" + routes.get(last) + "\"}]")
                : new Reply.Ran(2, "", "RTNETLINK answers: Network is unreachable");
        if (line.startsWith("ip -j -s link show dev "))
            return ok("[{\"ifname\":\"" + last + "\",\"stats64\":{\"rx\":{\"bytes\":1},\"tx\":{\"bytes\":2}}}]");
        throw new AssertionError(name + " was not told about: " + words);
    }

    private String links() {
        var all = new ArrayList<String>();
        all.add("{\"ifindex\":1,\"ifname\":\"lo\",\"flags\":[\"UP\",\"LOWER_UP\"],\"mtu\":65536,\"addr_info\":[]}");
        ports.values()
            .forEach(link -> all.add("{\"ifindex\":2,\"ifname\":\"" + link + "\",\"flags\":[\"UP\""
            + (withoutCarrier.contains(link) ? "" : ",\"LOWER_UP\"") + "],\"mtu\":9000,\"addr_info\":["
            + (addresses.containsKey(link) ? "{\"family\":\"inet\",\"local\":\"" + addresses.get(link)
            + "\",\"prefixlen\":30,\"scope\":\"global\"}" : "") + "]}"));
        return "[" + String.join(",", all) + "]";
    }

    private Reply ethtool(List<String> words) {
        String link = words.get(2);
        return switch (words.get(1)) {
            case "-k" -> ok("Features for " + link + ":\nrx-checksumming: on\ntls-hw-tx-offload: " + flag(transmit.get(link))
                + "\ntls-hw-rx-offload: " + flag(receive.get(link)) + "\n");
            case "-S" -> {
                var text = new StringBuilder("NIC statistics:\n");
                nic.get(link).forEach((counter, value) -> text.append("     ").append(counter).append(": ").append(value).append('\n'));
                yield ok(text.toString());
            }
            case "-K" -> {
                if (refusesFlags && words.contains("off") || forgetsFlags && words.contains("on"))
                    yield new Reply.Ran(1, "", "Could not change any device features");
                for (int i = 3; i < words.size(); i += 2)
                    (words.get(i).contains("-tx-") ? transmit : receive).put(link, words.get(i + 1).equals("on"));
                yield ok("");
            }
            default -> throw new AssertionError(name + " was not told about: " + words);
        };
    }

    private String flag(boolean on) {
        return (on ? "on" : "off") + (fixedFlags ? " [fixed]" : "");
    }

    private Reply cat(String file) {
        if (file.equals("/proc/net/tls_stat")) {
            var text = new StringBuilder();
            tls.forEach((counter, value) -> text.append(String.format("%-32s\t%d\n", counter, value)));
            return module ? ok(text.toString()) : no();
        }
        if (file.equals("/proc/net/snmp")) return ok("Tcp: OutSegs RetransSegs\nTcp: 100 1\n");
        if (file.equals("/etc/os-release")) return ok("ID=ubuntu\nNAME=Ubuntu\nVERSION_ID=24.04\n");
        if (file.equals("/etc/mlnx-release")) return ok("bf-bundle-2.9.2-31_25.02_ubuntu-22.04_prod\n");
        if (file.endsWith("/speed")) return ok("100000\n");
        if (file.endsWith("/local_cpulist")) return ok("0-3,8\n");
        return no();
    }

    private Reply grep(String line) {
        if (line.contains("aer_dev"))
            return ok("/sys/x/aer_dev_correctable:TOTAL_ERR_COR 0\n/sys/x/aer_dev_nonfatal:TOTAL_ERR_NONFATAL"
                + " 0\n/sys/x/aer_dev_fatal:TOTAL_ERR_FATAL 0\n");
        if (line.contains("current_link_speed")) {
            String at = line.replaceAll("(?s).*(/sys/bus/pci/devices/[^/]+)/numa_node.*", "$1");
            return ok(at + "/current_link_speed:16.0 GT/s PCIe\n" + at + "/max_link_speed:16.0 GT/s PCIe\n" + at
                + "/current_link_width:8\n" + at + "/max_link_width:16\n" + at + "/numa_node:0\n");
        }
        return no();
    }

    @Override
    public Session fresh() {
        throw new AssertionError("a trial needs no second connection");
    }

    @Override
    public RunningProgram launch(Command command) {
        launched.add(command.line());
        if (!command.words().contains("tcpdump")) throw new AssertionError("the fake ensemble launches nothing but captures: " + command);
        return captures.isEmpty() ? new ScriptedLive().ends(127, "timeout: failed to run command 'tcpdump': No such file or directory")
            : captures.remove();
    }

    @Override
    protected int commands() {
        return ran.size();
    }
}
