package dev.bluerig.fact.link;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.remote.Command;

/// How fast a link was negotiated, in bits per second.
public record PortSpeed(long bits) {
    private static final long MEGABIT = 1_000_000;

    public record Seen(LinkName link) implements Fact.Question<PortSpeed> {
        /// Mbit/s; -1 for a link that has no speed, and an error for one that is down (Documentation/ABI/testing/sysfs-class-net).
        @Override
        public Inquiry<PortSpeed> read() {
            return Inquiry.parse(Command.of("cat", "/sys/class/net/" + link + "/speed"), PortSpeed::parse);
        }
    }

    static PortSpeed parse(String text) {
        String megabits = text.strip();
        if (!megabits.matches("[1-9]\\d{0,8}")) throw new IllegalArgumentException("the link has no speed: " + megabits);
        return new PortSpeed(Long.parseLong(megabits) * MEGABIT);
    }
}
