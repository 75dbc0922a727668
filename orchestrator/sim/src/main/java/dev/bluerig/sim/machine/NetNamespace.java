package dev.bluerig.sim.machine;

import dev.bluerig.inventory.Version;
import dev.bluerig.sim.net.NamedCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// What a kernel counts for one network namespace: kernel TLS, TCP, and its sockets.
public final class NetNamespace {
    private static final Version RETRY = new Version("6.0");    // TlsDecryptRetry, TlsRxNoPadViolation
    private static final Version REKEY = new Version("6.14");
    private static final List<String> TLS =
        List.of("TlsCurrTxSw", "TlsCurrRxSw", "TlsCurrTxDevice", "TlsCurrRxDevice", "TlsTxSw", "TlsRxSw", "TlsTxDevice", "TlsRxDevice",
        "TlsDecryptError", "TlsRxDeviceResync", "TlsDecryptRetry", "TlsRxNoPadViolation", "TlsRxRekeyOk", "TlsRxRekeyError",
        "TlsTxRekeyOk", "TlsTxRekeyError", "TlsRxRekeyReceived");
    private static final List<String> TCP =
        List.of("RtoAlgorithm", "RtoMin", "RtoMax", "MaxConn", "ActiveOpens", "PassiveOpens", "AttemptFails", "EstabResets", "CurrEstab",
        "InSegs", "OutSegs", "RetransSegs", "InErrs", "OutRsts", "InCsumErrors");

    private final NamedCounters tls = new NamedCounters(TLS);
    private final NamedCounters tcp = new NamedCounters(TCP);
    private final Set<Supplier<TcpSocket>> sockets = ConcurrentHashMap.newKeySet();

    NetNamespace() {
        // net/ipv4/proc.c: algorithm other, 200 ms, 120 s, no limit
        tcp.add("RtoAlgorithm", 1);
        tcp.add("RtoMin", 200);
        tcp.add("RtoMax", 120_000);
        tcp.add("MaxConn", -1);
    }

    public NamedCounters tls() {
        return tls;
    }

    public NamedCounters tcp() {
        return tcp;
    }

    /// Open sockets, each asked what it is now.
    public List<TcpSocket> sockets() {
        var now = new ArrayList<TcpSocket>();
        sockets.forEach(socket -> now.add(socket.get()));
        return now;
    }

    public void opened(Supplier<TcpSocket> socket) {
        sockets.add(socket);
    }

    public void closed(Supplier<TcpSocket> socket) {
        sockets.remove(socket);
    }

    /// `/proc/net/tls_stat`: the names that a kernel of this version knows (net/tls/tls_proc.c prints `%-32s\t%lu`).
    String tlsStat(Version kernel) {
        int names = kernel.atLeast(REKEY) ? 17 : kernel.atLeast(RETRY) ? 12 : 10;
        var text = new StringBuilder();
        for (String name : TLS.subList(0, names)) text.append("%-32s\t%d\n".formatted(name, tls.of(name)));
        return text.toString();
    }

    /// `/proc/net/snmp`; only TCP is modelled, the other protocols have counted nothing.
    String snmp() {
        var numbers = new StringBuilder();
        tcp.all().values().forEach(number -> numbers.append(' ').append(number));
        return "Ip: Forwarding DefaultTTL\nIp: 2 64\nIcmp: InMsgs InErrors\nIcmp: 0 0\nTcp: " + String.join(" ", TCP) + "\nTcp:" + numbers
            + "\nUdp: InDatagrams NoPorts\nUdp: 0 0\n";
    }
}
