package dev.bluerig.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/// One row of the fault matrix: what is wrong, and what becomes of the struck machines in `check`, in `apply`, and in `apply` again once it
/// is over: a code, else the gravest word.
record InjectedFault(String name, String check, String apply, String again) {
    /// What was seen of it. `survived`: each cell ended by a name, and whoever was not struck is done. `harmed`: what is left that nobody
    /// wanted.
    record Seen(InjectedFault fault, String check, String apply, String again, boolean survived, List<String> harmed) {
        Seen {
            harmed = List.copyOf(harmed);
        }

        boolean healed() {
            return again.equals("ok") || again.equals("changed");
        }

        boolean asExpected() {
            return survived && harmed.isEmpty() && check.equals(fault.check()) && apply.equals(fault.apply())
                && again.equals(fault.again());
        }

        private String row() {
            return "| %-46s | %-14s | %-22s | %-11s | %s".formatted(fault.name(), check, apply, again,
                (survived ? "survived" : "NOT SURVIVED") + (healed() ? ", healed" : ", told")
                    + (harmed.isEmpty() ? "" : ", HARMED: " + harmed));
        }
    }

    /// Its row in docs/faults.md.
    String documented() {
        return "| " + String.join(" | ", name, check, apply, again) + " |";
    }

    /// The rows of the table below a heading of docs/faults.md.
    static List<String> documented(String heading) throws IOException {
        String text = Files.readString(CommandLineHarness.repository().resolve("orchestrator/docs/faults.md"));
        String part = text.substring(text.indexOf("# " + heading)).substring(2);
        return part.substring(0, part.indexOf("\n##")).lines().filter(line -> line.startsWith("| ")).skip(1).toList();
    }

    static String table(String where, List<Seen> all) {
        var text = new StringBuilder("fault matrix, " + where + "\n");
        text.append("| %-46s | %-14s | %-22s | %-11s |%n".formatted("injected", "check", "apply", "apply again"));
        all.forEach(seen -> text.append(seen.row()).append('\n'));
        text.append("injected %d, survived %d, healed by rerun %d, harmed %d".formatted(all.size(),
            all.stream().filter(Seen::survived).count(), all.stream().filter(Seen::healed).count(),
            all.stream().filter(seen -> !seen.harmed().isEmpty()).count()));
        return text.toString();
    }
}
