package dev.bluerig.fact.system;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Which `arping` a machine has: two families and busybox share the name, but neither options nor exit status. What they print is what
/// counts.
///
/// Tried: iputils s20160308 to 20250605, Habets 2.23, busybox 1.35. iputils s20190515 and s20190709 exit 1 after every `-D` (its issue
/// 209), later ones exit 1 when a link without carrier took no probe (449), 20250605 when it was asked to end early.
public enum ArpingFamily {
    IPUTILS, HABETS, BUSYBOX, OTHER, MISSING;

    public static final Command VERSION = Command.of("arping", "-V");

    private static final Pattern IPUTILS_VERSION = Pattern.compile("(?m)^arping (utility, |from )iputils");
    /// iputils prints upper case, busybox lower: `Unicast reply from 192.0.2.2 [E2:4B:1D:5F:0B:B2]  0.572ms`.
    private static final Pattern REPLY = Pattern.compile("reply from \\S+ \\[((?:\\p{XDigit}{2}:){5}\\p{XDigit}{2})]");
    /// `42 bytes from e2:4b:1d:5f:0b:b2 (192.0.2.2): index=0 time=9.054 usec`.
    private static final Pattern HABETS_REPLY = Pattern.compile("bytes from ((?:\\p{XDigit}{2}:){5}\\p{XDigit}{2}) \\(");

    /// Habets' has no option for its version and shows it with its usage, as busybox does.
    public static ArpingFamily of(Reply reply) {
        if (!(reply instanceof Reply.Ran ran)) return OTHER;
        String text = ran.out() + "\n" + ran.err();
        if (IPUTILS_VERSION.matcher(text).find()) return IPUTILS;
        if (text.contains("ARPing ") && text.contains("Habets")) return HABETS;
        if (text.contains("BusyBox v")) return BUSYBOX;
        return ran.status() == 127 ? MISSING : OTHER;
    }

    /// Who has this address, heard for 0.4 s. With a count of one it would leave at the first reply and never hear a second card; with two
    /// it sends again only after a second. So it is told to end (SIGINT, as by Ctrl-C), and says what it has. Options that every `timeout`
    /// knows.
    public Command who(String link, String address) {
        var words = new ArrayList<>(List.of("timeout", "-s", "INT", "0.4"));
        words.addAll(this == HABETS ? List.of("arping", "-c", "2", "-i", link, address)
            : List.of("arping", "-c", "2", "-w", "2", "-I", link, address));
        return Command.of(words);
    }

    /// The same with patience: up to five seconds.
    public Command patientWho(String link, String address) {
        return this == HABETS ? Command.of("arping", "-c", "5", "-C", "2", "-i", link, address)
            : Command.of("arping", "-c", "2", "-w", "5", "-I", link, address);
    }

    /// Fails when somebody has this address (RFC 5227: asked from 0.0.0.0), and when nobody could be asked.
    public Command nobodyHas(String link, String address) {
        return this == HABETS ? Command.of("arping", "-0", "-c", "2", "-i", link, address).proving(", 0 packets received")
            : Command.of("arping", "-D", "-c", "2", "-w", "2", "-I", link, address).proving("Received 0 response(s)");
    }

    public static List<String> macs(String printed) {
        var macs = new TreeSet<String>();
        for (Pattern pattern : List.of(REPLY, HABETS_REPLY))
            pattern.matcher(printed).results().forEach(reply -> macs.add(reply.group(1).toLowerCase(Locale.ROOT)));
        return List.copyOf(macs);
    }
}
