package dev.bluerig.armed;

import dev.bluerig.fact.Effect;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.ToolReplies;
import dev.bluerig.protocol.Lease;
import dev.bluerig.protocol.MalformedLine;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What earlier armed changes have left on a machine: those that wait, that were put back, or that nobody puts back any more.
///
/// `booted`: systemd runs the machine (sd_booted(3)).
public record ArmedTraces(List<Trace> traces, boolean booted) {
    /// `result`: what was told when it was put back. `late`: the time of its lease is over, and nothing was put back.
    public record Trace(String directory, Optional<String> result, boolean late) {
        public boolean waits() {
            return result.isEmpty() && !late;
        }

        /// For people.
        public String words() {
            String name = directory.substring(directory.lastIndexOf('/') + 1);
            if (result.isPresent()) return "an armed change was put back by the machine itself (" + name + "): " + result.get().strip();
            return late ? "an armed change was not put back, though its time is over (" + name + "); `sh " + directory
                + "/restore.sh fire` does it, `rm -r " + directory + "` forgets it" : "a change is armed and waits (" + name + ")";
        }
    }

    public ArmedTraces {
        traces = List.copyOf(traces);
    }

    /// One that waits; a second one would take back what it knows nothing of.
    Optional<Trace> waiting() {
        return traces.stream().filter(Trace::waits).findFirst();
    }

    /// For people, behind something else; empty when there is nothing.
    public String words() {
        return traces.stream().map(trace -> "; " + trace.words()).collect(Collectors.joining());
    }

    /// What tells of those that were put back can go once it was told.
    public List<Command> forgetting() {
        return traces.stream().filter(trace -> trace.result().isPresent())
            .map(trace -> Command.of("rm", "-rf", "--one-file-system", trace.directory())).toList();
    }

    /// Only root sees them.
    public record Seen() implements Fact.Question<ArmedTraces> {
        private static final Command FILES = Command.of("find", ArmedChange.ROOT, "-mindepth", "2", "-maxdepth", "2", "-type", "f", "(",
            "-name", "result", "-o", "-name", "lease.json", "-o", "-name", "restoring.json", ")", "-exec", "grep", "-H", "", "{}", "+");
        private static final Command NOW = Command.of("date", "+%s");
        private static final Command BOOTED = Command.of("test", "-d", "/run/systemd/system");

        @Override
        public Inquiry<ArmedTraces> read() {
            return Inquiry.ask(List.of(FILES, NOW, BOOTED), replies -> Reading.known(new ArmedTraces(
                parse(ToolReplies.printed(replies.get(0)), now(replies.get(1))), ToolReplies.out(replies.get(2)).isPresent())));
        }

        private static Optional<Instant> now(Reply date) {
            return ToolReplies.out(date).map(String::strip).filter(text -> text.matches("\\d{1,12}"))
                .map(text -> Instant.ofEpochSecond(Long.parseLong(text)));
        }

        @Override
        public Set<Effect> changedBy() {
            return Set.of(Effect.COMMAND);
        }
    }

    /// `grep -H` prints `FILE:LINE`. Without a clock nothing is late.
    static List<Trace> parse(String printed, Optional<Instant> now) {
        var files = new LinkedHashMap<String, Map<String, String>>();
        for (String line : printed.lines().toList()) {
            int colon = line.indexOf(':');
            if (!line.startsWith(ArmedChange.ROOT + "/") || colon < 0) continue;
            String path = line.substring(0, colon);
            int slash = path.lastIndexOf('/');
            files.computeIfAbsent(path.substring(0, slash), _ -> new LinkedHashMap<>())
                .merge(path.substring(slash + 1), line.substring(colon + 1), (one, more) -> one + "\n" + more);
        }
        var traces = new ArrayList<Trace>();
        files.forEach((directory, held) -> traces.add(new Trace(directory, Optional.ofNullable(held.get("result")),
            late(held.get("lease.json") == null ? held.getOrDefault("restoring.json", "") : held.get("lease.json"), now))));
        return traces;
    }

    /// What cannot be read waits for nobody.
    private static boolean late(String lease, Optional<Instant> now) {
        try {
            Lease read = Lease.read(Lease.FILE, lease);
            return now.filter(read::over).isPresent();
        } catch (MalformedLine strange) {
            return true;
        }
    }
}
