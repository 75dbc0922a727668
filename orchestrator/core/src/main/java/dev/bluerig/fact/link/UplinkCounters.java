package dev.bluerig.fact.link;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Numerals;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.ToolJson;
import dev.bluerig.fact.card.NicCounters;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import dev.bluerig.source.Tree;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/// How many bytes have passed an uplink of a DPU since it came up.
///
/// - `counter`: what was read for `out`: `tx_bytes_phy`, which counts what the cable carried, or `tx_bytes` of an interface that has no
///   such counter. Packets that the eswitch forwards by itself pass the first and may miss the second.
/// - `driver`: all that `ethtool -S` shows; empty when it shows nothing.
public record UplinkCounters(String counter, long out, long in, Map<String, Long> driver) {
    public UplinkCounters {
        driver = Collections.unmodifiableMap(new TreeMap<>(driver));
    }

    public record Seen(LinkName link) implements Fact.Question<UplinkCounters> {
        @Override
        public Inquiry<UplinkCounters> read() {
            var driver = Command.of("ethtool", "-S", link.text());
            var kernel = Command.of("ip", "-j", "-s", "link", "show", "dev", link.text());
            return Inquiry.ask(List.of(driver, kernel),
                replies -> join(Reading.parsed(driver, replies.get(0), NicCounters::parse), kernel, replies.get(1)));
        }

        private static Reading<UplinkCounters> join(Reading<NicCounters> driver, Command kernel, Reply reply) {
            NicCounters counters = driver instanceof Reading.Known<NicCounters>(NicCounters seen) ? seen : new NicCounters(Map.of());
            OptionalLong out = counters.of("tx_bytes_phy");
            OptionalLong in = counters.of("rx_bytes_phy");
            if (out.isPresent() && in.isPresent())
                return Reading.known(new UplinkCounters("tx_bytes_phy", out.getAsLong(), in.getAsLong(), counters.values()));
            return Reading.parsed(kernel, reply, text -> parse(text, counters));
        }
    }

    /// `[{"ifname":"p0", ..., "stats64":{"rx":{"bytes":1}, "tx":{"bytes":2}}}]`.
    public static UplinkCounters parse(String json, NicCounters driver) {
        Tree.Mapping stats = ToolJson.objects("ip link", json).stream().findFirst().flatMap(link -> ToolJson.object(link, "stats64"))
            .orElseThrow(() -> new IllegalArgumentException("no stats64 in it"));
        return new UplinkCounters("tx_bytes", bytes(stats, "tx"), bytes(stats, "rx"), driver.values());
    }

    private static long bytes(Tree.Mapping stats, String way) {
        return ToolJson.object(stats, way).flatMap(counters -> ToolJson.text(counters, "bytes")).map(Numerals::count)
            .orElse(OptionalLong.empty())
            .orElseThrow(() -> new IllegalArgumentException("no " + way + " bytes in it"));
    }
}
