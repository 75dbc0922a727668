package dev.bluerig.trial.run;

import dev.bluerig.fact.Facts;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.tls.CapturedSegments;
import dev.bluerig.protocol.Role;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.CommandError;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.RunningProgram;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.trial.evidence.CaptureResult;
import dev.bluerig.trial.evidence.CaptureSearch;
import dev.bluerig.trial.evidence.KnownPlaintext;
import dev.bluerig.trial.spec.CablePath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A capture of tcpdump on one DPU's uplink while one cable carries traffic. It is bounded by packets, by bytes of each, and by time,
/// whatever becomes of bluerig; what a killed run has left is removed by the next capture on that DPU. It ends before the counters are
/// looked at, and its file is fetched after that.
///
/// One DPU is enough: both directions pass it. The server's is asked first, and the client's when that one cannot.
public final class WireTap implements AutoCloseable {
    private static final String DIRECTORY = "/run/bluerig";
    /// Together at most 4 MiB travel, and 9216 bytes hold a whole frame of any MTU that a card has.
    private static final int BUDGET = 4 << 20;
    private static final int LONGEST = 9216;
    private static final int PACKETS = 448;
    /// Handshake and greeting of one connection are about six segments with payload.
    private static final int HANDSHAKE = 8;
    private static final int SECONDS = 60;
    /// KiB: all that is captured fits, however fast it comes.
    private static final int BUFFER = 8192;
    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final Duration READY = Duration.ofSeconds(15);
    private static final int FILE_HEADER = 24;
    /// Of an older capture nothing runs any more.
    private static final String STALE_MINUTES = "5";

    private final CaptureSearch search;
    private final int packets;
    private Optional<Open> open = Optional.empty();
    private String silent = "";
    private String where = "";
    private String link = "";

    private record Open(Session session, RunningProgram program, String file) {}

    private WireTap(CaptureSearch search, int packets) {
        this.search = search;
        this.packets = packets;
    }

    /// Returns when it listens, or when nobody can. `port`: the server's. `name`: unlike that of any other capture.
    static WireTap start(TrialContext context, CablePath path, int port, int connections, long seed, String name) {
        String server = path.cable().of(Role.SERVER).address().address();
        String client = path.cable().of(Role.CLIENT).address().address();
        var tap = new WireTap(new CaptureSearch(server, port, client, new KnownPlaintext(seed)), PACKETS + HANDSHAKE * connections);
        if (path.ways().isEmpty())
            tap.silent = "no DPU of this cable is in the inventory with a switch of its own, so nobody can look at it";
        var tried = new ArrayList<String>();
        for (CablePath.DpuHop way : path.ways()) {
            tap.where = way.dpu().name();
            tap.link = way.uplink().text();
            Optional<String> refused = tap.listen(context.sessions().session(way.dpu()), DIRECTORY + "/" + name + ".pcap");
            if (refused.isEmpty()) break;
            tried.add(way.dpu().name() + ": " + refused.get());
        }
        if (tap.open.isEmpty() && !tried.isEmpty()) tap.silent = String.join("; ", tried);
        return tap;
    }

    /// Why it cannot, if so.
    private Optional<String> listen(Session session, String file) {
        try {
            Command directory = Command.of("mkdir", "-p", "-m", "0700", DIRECTORY);
            Reply made = session.exchange(new Exchange(List.of(directory),
                List.of(Command.of("find", DIRECTORY, "-maxdepth", "1", "-name", "*.pcap", "-mmin", "+" + STALE_MINUTES, "-delete"))))
                .getFirst();
            Optional<String> failed = CommandError.failure(directory, made);
            if (failed.isPresent()) return failed;
            open = Optional.of(new Open(session, session.launch(words(link, search, packets, file)), file));
            Optional<String> refused = listening(open.get());
            if (refused.isPresent()) close();
            return refused;
        } catch (Unreachable lost) {
            close();
            return Optional.of(lost.getMessage());
        }
    }

    /// Its file has a header as soon as it listens (tcpdump(8), -U).
    private static Optional<String> listening(Open open) throws Unreachable {
        for (long until = System.nanoTime() + READY.toNanos(); System.nanoTime() < until; ) {
            if (open.program().next(GLANCE) instanceof RunningProgram.ProgramEvent.Ended(int status, String err))
                return Optional.of(status == 127 ? "tcpdump is not installed" : "tcpdump ended with " + status + ": " + err.strip());
            if (open.session().exchange(Exchange.asking(List.of(Command.of("stat", "-c", "%s", open.file()))))
                .getFirst() instanceof Reply.Ran ran && ran.ok()
                && ran.out().strip().matches("\\d{1,18}") && Long.parseLong(ran.out().strip()) >= FILE_HEADER) return Optional.empty();
        }
        return Optional.of("tcpdump did not begin within " + READY.toSeconds() + " s");
    }

    /// tcpdump(8). `-p`: the uplink is a switch's port and sees all anyway. `-Z root`: it must not give up the right to write into our
    /// directory; where AppArmor confines it, it may write files called `*.pcap`. Segments without payload are left out: they would fill
    /// it.
    public static Command words(String link, CaptureSearch search, int packets, String file) {
        var words =
            new ArrayList<>(List.of("timeout", "-k", "5", String.valueOf(SECONDS), "tcpdump", "-i", link, "-n", "-p", "-U",
            "--immediate-mode", "-Z", "root", "-B", String.valueOf(BUFFER),
            "-s", String.valueOf(Math.min(LONGEST, BUDGET / packets)), "-c", String.valueOf(packets), "-w", file));
        words.add(filter(search));
        return Command.of(words);
    }

    /// pcap-filter(7). `vlan` comes last, for it shifts all that follows by the tag.
    private static String filter(CaptureSearch search) {
        boolean v6 = search.server().contains(":");
        String payload = v6 ? "ip6[6] = 6 and ip6[4:2] - ((ip6[52] & 0xf0) >> 2) != 0"
            : "ip[2:2] - ((ip[0] & 0xf) << 2) - ((tcp[12] & 0xf0) >> 2) != 0";
        String ours = "tcp port " + search.port() + " and host " + search.server() + " and host " + search.client() + " and " + payload;
        return "(" + ours + ") or (vlan and " + ours + ")";
    }

    /// Ends the capture, if it has not ended by itself.
    void stop() {
        open.ifPresent(each -> each.program().stop());
    }

    /// After `stop`: fetches, searches and removes it.
    CaptureResult read() {
        if (open.isEmpty()) return CaptureResult.silent(where, link, silent);
        Reading<CapturedSegments> capture = fetched(open.get());
        remove();
        return switch (capture) {
            case Reading.Known<CapturedSegments>(CapturedSegments seen) ->
                new CaptureResult(where, link, "", seen.packets(), seen.packets() >= packets, search.of(seen));
            case Reading.Unknown<CapturedSegments>(String why) -> CaptureResult.silent(where, link, why);
        };
    }

    private static Reading<CapturedSegments> fetched(Open open) {
        try {
            return new Facts(open.session()).see(new CapturedSegments.Seen(open.file()));
        } catch (Unreachable lost) {
            return Reading.unknown(lost.getMessage());
        }
    }

    /// Nothing of it runs or lies there any more, as far as the DPU can be reached.
    @Override
    public void close() {
        stop();
        remove();
    }

    private void remove() {
        open.ifPresent(each -> {
            try {
                each.session().exchange(Exchange.asking(List.of(Command.of("rm", "-f", each.file()))));
            } catch (Unreachable lost) {
                // the next capture on that DPU removes it
            }
        });
        open = Optional.empty();
    }
}
