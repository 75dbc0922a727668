package dev.bluerig.sim.tool;

import dev.bluerig.sim.machine.FileError;
import dev.bluerig.sim.machine.Killed;
import dev.bluerig.sim.net.SimLink;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// `tcpdump -i LINK ... -c COUNT -w FILE FILTER` on a simulated machine: real bytes of what its connections put on the link, in a real
/// capture file (pcap-savefile(5)). Messages as tcpdump 4.99.3 gives them (tried on Debian 12).
final class Tcpdump {
    private static final int SIGKILL = 9;
    /// The only kind of filter that is modelled: one server's port between two hosts. What else it says leaves out segments without
    /// payload, which this lab never makes.
    private static final Pattern FILTER = Pattern.compile("\\(tcp port (\\d+) and host (\\S+) and host (\\S+) and [^)].*");

    private final int snap;
    private final int most;
    private final int port;
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private int packets;

    private Tcpdump(int snap, int most, int port) {
        this.snap = snap;
        this.most = most;
        this.port = port;
        file.writeBytes(little(24).putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0).putInt(snap).putInt(1)
            .array());
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static int run(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "i:npUZ:B:s:c:w:", List.of("immediate-mode"), true);
        var filter = FILTER.matcher(String.join(" ", options.rest()));
        boolean whole = options.has("i") && options.has("w") && options.value("c").filter(text -> text.matches("\\d+")).isPresent()
            && options.value("s").filter(text -> text.matches("\\d+")).isPresent();
        if (options.strange().isPresent() || !whole || !filter.matches())
            return call.unknown("only a bounded capture of one server's port into a file");
        String name = options.value("i").orElseThrow();
        Optional<SimLink> link = call.machine().links().find(name);
        if (!call.user().isRoot())
            return call.fail(1, "tcpdump: " + name + ": You don't have permission to perform this capture on that device\n(socket:"
                + " Operation not permitted)");
        if (link.isEmpty()) return call.fail(1, "tcpdump: " + name + ": No such device exists\n(No such device exists)");
        var capture = new Tcpdump(Integer.parseInt(options.value("s").orElseThrow()), Integer.parseInt(options.value("c").orElseThrow()),
            Integer.parseInt(filter.group(1)));
        return capture.on(call, link.get(), call.path(options.value("w").orElseThrow()));
    }

    private int on(ProgramCall call, SimLink link, String path) {
        Consumer<byte[]> tap = this::frame;
        try {
            call.process().onSignal(signal -> ended.complete(signal));
            link.taps().add(tap);
            write(call, path);
            int signal = ended.get();
            link.taps().remove(tap);
            if (signal == SIGKILL) throw new Killed(signal);
            write(call, path);
            call.io().complain("tcpdump: listening on " + link.name() + ", link-type EN10MB (Ethernet), snapshot length " + snap
                + " bytes\n" + packets + " packets captured\n" + packets
                + " packets received by filter\n0 packets dropped by kernel");
            return 0;
        } catch (FileError refused) {
            return call.fail(1, "tcpdump: " + path + ": " + refused.getMessage());
        } catch (InterruptedException | ExecutionException early) {
            throw new Killed(SIGKILL);
        } finally {
            link.taps().remove(tap);
        }
    }

    private synchronized void write(ProgramCall call, String path) throws FileError {
        call.machine().files().write(path, file.toByteArray(), call.user(), 0644);
    }

    /// The lab's frames are IPv4 or IPv6 without options, so the ports have their places.
    private synchronized void frame(byte[] frame) {
        if (packets >= most) return;
        ByteBuffer bytes = ByteBuffer.wrap(frame);
        int ports = (bytes.getShort(12) & 0xffff) == 0x86dd ? 54 : 34;
        if ((bytes.getShort(ports) & 0xffff) != port && (bytes.getShort(ports + 2) & 0xffff) != port) return;
        int kept = Math.min(snap, frame.length);
        file.writeBytes(little(16).putInt((int) (System.currentTimeMillis() / 1000)).putInt(packets).putInt(kept).putInt(frame.length)
            .array());
        file.write(frame, 0, kept);
        if (++packets == most) ended.complete(0);
    }
}
