package dev.bluerig.bench.start;

import java.util.Locale;

/// An inventory of many machines in ranges, with variables of groups: a quarter each of hosts and DPUs on either side of the cables.
record RangedFleet(int machines) {
    /// The last number of an address counts so far.
    private static final int BLOCK = 250;

    String text() {
        var text = new StringBuilder("""
            vars: {mtu: 9000, dpu_mtu: 9216, proof_bytes: 4GiB, load_seconds: 300, share_of_line_rate: 0.8}
            groups:
              fleet: {ssh: {user: lab, sudo: passwordless}, vars: {row: "1"}}
              racks: {groups: [fleet], vars: {rack: "a"}}
              hosts: {groups: [racks]}
              dpus: {groups: [racks], mode: dpu}
            machines:
            """);
        int side = machines / 4;
        for (int from = 0; from < side; from += BLOCK)
            for (int end = 0; end < 2; end++) block(end, from, Math.min(BLOCK, side - from), text);
        String all = range(1, side);
        return text.append("pairs:\n  pair-").append(all).append(": {ends: [\"host-a-").append(all).append("\", \"host-b-").append(all)
            .append("\"], cables: [[0, 0], [1, 1]]}\n").toString();
    }

    private static void block(int end, int from, int count, StringBuilder text) {
        int block = from / BLOCK;
        String name = (end == 0 ? "a-" : "b-") + range(from + 1, from + count);
        text.append(String.format(Locale.ROOT, """
              host-%1$s:
                kind: host
                groups: [hosts]
                address: 10.%2$d.%3$d.[1:%4$d]
                ports:
                  - {pci: "0000:b1:00.0", address: "10.%5$d.[0:%6$d].%7$d/30"}
                  - {pci: "0000:b1:00.1", address: "10.%5$d.[0:%6$d].%8$d/30"}
              dpu-%1$s: {kind: dpu, groups: [dpus], host: "host-%1$s", card: "0000:b1:00", address: "10.%9$d.%3$d.[1:%4$d]"}
            """, name, 1 + end, block, count, 64 + block, count - 1, 1 + end, 5 + end, 3 + end));
    }

    private static String range(int first, int last) {
        return String.format(Locale.ROOT, "[%04d:%04d]", first, last);
    }
}
