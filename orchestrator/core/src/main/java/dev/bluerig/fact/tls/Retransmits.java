package dev.bluerig.fact.tls;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Numerals;
import dev.bluerig.remote.Command;
import java.util.Arrays;
import java.util.List;

/// TCP segments of the session's network namespace since boot, from `/proc/net/snmp` (`nstat` prints the same numbers, but keeps a
/// history).
public record Retransmits(long sent, long retransmitted) {
    public record Seen() implements Fact.Question<Retransmits> {
        static final Command COMMAND = Command.of("cat", "/proc/net/snmp");

        @Override
        public Inquiry<Retransmits> read() {
            return Inquiry.parse(COMMAND, Retransmits::parse);
        }
    }

    /// Two lines begin with `Tcp:`, the names and the numbers.
    public static Retransmits parse(String text) {
        List<String> tcp = text.lines().filter(line -> line.startsWith("Tcp: ")).toList();
        if (tcp.size() != 2) throw new IllegalArgumentException("no TCP counters in it");
        List<String> names = Arrays.asList(tcp.getFirst().split(" "));
        String[] numbers = tcp.getLast().split(" ");
        return new Retransmits(number(names, numbers, "OutSegs"), number(names, numbers, "RetransSegs"));
    }

    private static long number(List<String> names, String[] numbers, String name) {
        int at = names.indexOf(name);
        if (at < 0 || at >= numbers.length) throw new IllegalArgumentException("no " + name + " in it");
        return Numerals.count(numbers[at]).orElseThrow(() -> new IllegalArgumentException(name + " is no count: " + numbers[at]));
    }
}
