package dev.bluerig.trial.spec;

import dev.bluerig.protocol.TlsSettings;
import dev.bluerig.source.Described;
import dev.bluerig.source.VisibleText;
import dev.bluerig.task.PairNames;
import dev.bluerig.task.TaskName;
import java.util.List;
import java.util.Optional;

/// The kTLS experiment as written in a playbook: on which pairs, with what load, and what it must show.
@TaskName("trial")
@Described(value = "TLS between the two hosts of a pair, over its cables, with the proof of where encryption happened.", example = """
    trial: proof, each port alone
    pairs: all
    ports: each
    load: {version: "1.2", cipher: aes-128-gcm, direction: both, connections: 4, bytes: 4GiB, verify: every-byte}
    flip: true
    expect: {tx: hardware, rx: hardware}""")
public record Trial(
    @Described(value = "What it is called in reports.", example = "proof, each port alone") String trial,
    @Described(value = "`all`, or names of pairs.", example = "all", absent = "all") PairNames pairs,
    @Described(value = "Each cable of a pair alone, one after the other, or all together.", example = "each", absent = "each") Ports ports,
    @Described(value = "What is sent.", example = "{bytes: 4GiB}") Load load,
    @Described(value = "Run every combination of these.", example = "{version: [\"1.2\", \"1.3\"]}") Optional<Matrix> matrix,
    @Described(value = "Then run the same with the offload flags off: the counters must stay still, and the cost is compared.",
    example = "true", absent = "false") boolean flip,
    @Described(value = "Also capture for a moment what an uplink carries (tcpdump on a DPU) and search it for the payload in clear."
    + " Flows in the eswitch cannot be captured.", example = "true", absent = "false") boolean wire,
    @Described(value = "What it must show.", example = "{tx: hardware, rx: hardware}", absent = "{}") Expect expect,
    @Described(value = "Where the witnesses draw their lines.", example = "{received: 0.98}", absent = "{}") Thresholds bars,
    @Described(value = "TCP ports that the server may listen on; the first free one is taken.", example = "47000-47099",
    absent = "47000-47099") PortRange listen) {

    public enum Ports { EACH, TOGETHER }

    private static final int MOST_CELLS = 1000;

    public Trial {
        if (trial.isBlank()) throw new IllegalArgumentException("a trial needs a name");
        int cells = Combinations.of(load, matrix).size();
        if (cells > MOST_CELLS)
            throw new IllegalArgumentException("the matrix has " + cells + " combinations, at most " + MOST_CELLS + " are run");
        demandable(expect.tx(), load.transmit(), "tx", "transmit");
        demandable(expect.rx(), load.receive(), "rx", "receive");
    }

    private static void demandable(Optional<TlsPlacement> expected, TlsSettings.RecordHandler by, String direction, String field) {
        if (by == TlsSettings.RecordHandler.USER_SPACE && expected.filter(ruling -> ruling != TlsPlacement.USER_SPACE).isPresent())
            throw new IllegalArgumentException("`expect` " + direction + " " + VisibleText.words(expected.get())
                + " can never be met: `load` says `" + field + ": user-space`");
    }

    /// Every combination of the matrix, in order; one when there is none.
    public List<Load> loads() {
        return Combinations.of(load, matrix);
    }
}
