package dev.bluerig.fact.link;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a host sees of a DPU that does not answer: the link to it, whether the far end answers ping, what rshim says of it.
///
/// `rshim`: the fields of `/dev/rshimN/misc` that tell how far the DPU has booted, as `rshim0: DEV_NAME pcie-0000:b1:00.2`.
///
/// `answersPing` is absent when the host has no `ping` that could tell.
public record DpuPath(Optional<Link> link, Optional<Boolean> answersPing, List<String> rshim) {
    public DpuPath {
        rshim = List.copyOf(rshim);
    }

    /// Never unknown: what could not be seen is absent.
    public record Seen(LinkName link, String far) implements Fact.Question<DpuPath> {
        /// Hosts hold at most a few cards; a device that is not there is skipped by `-s`.
        static final Command RSHIM = Command.of("grep", "-s", "-H", "-E", "^(DEV_NAME|BF_MODE|BOOT_MODE|DROP_MODE|SECURE_NIC_MODE|UP_TIME)",
            "/dev/rshim0/misc", "/dev/rshim1/misc", "/dev/rshim2/misc", "/dev/rshim3/misc");

        @Override
        public Inquiry<DpuPath> read() {
            var ping = Command.of("ping", "-n", "-c", "2", "-i", "0.2", "-W", "1", far);
            return Inquiry.ask(List.of(Links.COMMAND, ping, RSHIM), replies -> Reading.known(new DpuPath(link(replies.get(0)),
                answers(replies.get(1)), rshim(replies.get(2)))));
        }

        /// No route is an answer, too; a `ping` that is missing or does not know the options (toybox knows no `-n`) gives none.
        private static Optional<Boolean> answers(Reply reply) {
            if (!(reply instanceof Reply.Ran ran)) return Optional.empty();
            if (ran.ok()) return Optional.of(true);
            return ran.status() == 127 || ran.err().toLowerCase(Locale.ROOT).contains("option") ? Optional.empty() : Optional.of(false);
        }

        private Optional<Link> link(Reply reply) {
            return switch (Reading.parsed(Links.COMMAND, reply, Links::parse)) {
                case Reading.Known<Links>(Links links) -> links.named(link);
                case Reading.Unknown<Links> unknown -> Optional.empty();
            };
        }

        private static List<String> rshim(Reply reply) {
            var lines = new ArrayList<String>();
            if (reply instanceof Reply.Ran ran) ran.out().lines().filter(line -> line.startsWith("/dev/rshim"))
                .forEach(line -> lines.add(line.replace("/dev/", "").replace("/misc:", ": ").replaceAll("\\s+", " ").strip()));
            return lines;
        }
    }

    /// For people, one line.
    public String text(LinkName name, String far) {
        String way = link.map(link -> name + (link.up() ? link.carrier() ? " is up" : " is up without carrier" : " is down")
            + (link.addresses().isEmpty() ? ", without an address"
            : ", with " + String.join(" ", link.addresses().stream().map(a -> a.cidr().text()).toList())))
            .orElse(name + " does not exist");
        return way + "; " + far + answersPing.map(answers -> answers ? " answers ping" : " does not answer ping")
            .orElse(" could not be pinged")
            + (rshim.isEmpty() ? "; rshim shows no DPU" : "; " + String.join(", ", rshim));
    }
}
