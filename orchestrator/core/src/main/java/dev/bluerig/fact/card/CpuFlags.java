package dev.bluerig.fact.card;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The crypto instructions of a DPU's Arm cores: the same fuse, but a hint and no proof of TLS in the NIC.
final class CpuFlags {
    private static final Pattern FLAGS = Pattern.compile("(?m)^Flags:\\s*(.*)$");

    private CpuFlags() {}

    static Crypto.Evidence hint(String lscpu) {
        Matcher flags = FLAGS.matcher(lscpu);
        var words = flags.find() ? List.of(flags.group(1).strip().split("\\s+")) : List.<String>of();
        boolean all = words.containsAll(List.of("aes", "sha1", "sha2"));
        var state = words.isEmpty() ? Crypto.State.UNKNOWN : all ? Crypto.State.ENABLED : Crypto.State.DISABLED;
        return new Crypto.Evidence("lscpu", state, all ? "aes, sha1 and sha2 among the flags"
            : "not all of aes, sha1 and sha2 among the flags", false);
    }
}
