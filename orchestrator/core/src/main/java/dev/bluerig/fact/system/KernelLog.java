package dev.bluerig.fact.system;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.remote.Command;
import java.util.List;
import java.util.Locale;

/// The warnings and errors of the kernel's log, oldest first: why a driver refused something stands nowhere else.
public record KernelLog(List<String> lines) {
    public KernelLog {
        lines = List.copyOf(lines);
    }

    /// Lines that contain one of the words, whatever their case.
    public List<String> naming(String... words) {
        return lines.stream()
            .filter(line -> List.of(words).stream().anyMatch(word -> line.toLowerCase(Locale.ROOT).contains(word))).toList();
    }

    /// Warnings and worse alone: the whole log of a machine may be larger than what one answer may be.
    public record Seen() implements Fact.Question<KernelLog> {
        @Override
        public Inquiry<KernelLog> read() {
            return Inquiry.parse(Command.of("dmesg", "--level=emerg,alert,crit,err,warn"),
                text -> new KernelLog(text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList()));
        }
    }
}
