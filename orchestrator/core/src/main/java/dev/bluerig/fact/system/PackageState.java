package dev.bluerig.fact.system;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.ToolReplies;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Which of the packages that were asked for are installed, and by which family they are managed.
public record PackageState(Family family, Set<String> installed) {
    public PackageState {
        installed = Set.copyOf(installed);
    }

    public enum Family { DEBIAN, RED_HAT }

    /// Both databases are asked at once; a machine that has dpkg is a Debian one (rpm is a tool there, dpkg is none on Red Hat's).
    public record Seen(List<String> names) implements Fact.Question<PackageState> {
        public Seen {
            names = List.copyOf(names);
        }

        @Override
        public Inquiry<PackageState> read() {
            var dpkg = command("dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\\n");
            var rpm = command("rpm", "-q", "--qf", "%{NAME}\\n");
            return Inquiry.ask(List.of(dpkg, rpm), replies -> join(dpkg, replies.get(0), rpm, replies.get(1)));
        }

        private Command command(String... words) {
            var all = new ArrayList<>(List.of(words));
            all.addAll(names);
            return Command.of(all);
        }

        /// Both exit 1 when one of the names is not installed, and still print the others.
        private Reading<PackageState> join(Command dpkg, Reply debian, Command rpm, Reply redHat) {
            boolean noDpkg = debian instanceof Reply.Ran ran && ran.status() == 127;
            if (!noDpkg) return installed(Family.DEBIAN, dpkg, debian, " installed");
            boolean noRpm = redHat instanceof Reply.Ran ran && ran.status() == 127;
            return noRpm ? Reading.unknown("neither dpkg-query nor rpm is here") : installed(Family.RED_HAT, rpm, redHat, "");
        }

        /// rpm exits 1 for a database that it cannot open, too; and nothing at all is no answer to whether something is installed.
        private static boolean failed(Reply.Ran ran) {
            return ran.ok() ? ran.out().isBlank() : ran.err().lines()
                .anyMatch(line -> line.startsWith("error: ") || line.startsWith("dpkg-query: error: "));
        }

        private Reading<PackageState> installed(Family family, Command command, Reply reply, String mark) {
            if (!(reply instanceof Reply.Ran ran) || ran.status() > 1 || failed(ran)) return ToolReplies.unknown(command, reply);
            var lines = ran.out().lines().map(String::strip).toList();
            var installed = new LinkedHashSet<String>();
            names.stream().filter(name -> lines.contains(name + mark)).forEach(installed::add);
            return Reading.known(new PackageState(family, installed));
        }
    }
}
