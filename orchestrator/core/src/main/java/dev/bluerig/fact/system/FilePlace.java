package dev.bluerig.fact.system;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.ToolReplies;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.RemoteFile;
import dev.bluerig.remote.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Where a file would be written: what a writer would stumble over is seen before anything is promised.
///
/// `directory`: the nearest one above the file that is there; `kind`: its kind, links followed; `system`: its file system in `stat -f`'s
/// words, empty when not told. `fixed`: what of the two carries an attribute that forbids replacing; `mounted`: the file is a mount point
/// of its own.
/// `temporaries`: what stands under the names of our temporaries, and its kind. `strangers`: owners and groups that the machine does not
/// know.
public record FilePlace(String directory, String kind, String system, boolean writable, Set<String> fixed, boolean mounted,
    Map<String, String> temporaries, List<Account> strangers) {
    /// File systems that hold no files of ours: their directories are made by the kernel, whatever their modes say (statfs(2)).
    private static final Set<String> OF_THE_KERNEL =
        Set.of("binfmt_misc", "bpf_fs", "cgroup2fs", "cgroupfs", "configfs", "debugfs", "devpts", "efivarfs", "fusectl", "mqueue", "nsfs",
        "proc",
        "pstorefs", "securityfs", "selinux", "selinuxfs", "smackfs", "sysfs", "tracefs");

    public FilePlace {
        fixed = Set.copyOf(fixed);
        temporaries = Map.copyOf(temporaries);
        strangers = List.copyOf(strangers);
    }

    /// A user or a group, as getent(1) looks it up.
    public record Account(Database database, String name) {
        public enum Database {
            PASSWD("passwd", "user"),
            GROUP("group", "group");

            private final String word;
            private final String holds;

            Database(String word, String holds) {
                this.word = word;
                this.holds = holds;
            }

            String word() {
                return word;
            }

            /// What one of its entries is.
            public String holds() {
                return holds;
            }
        }

        @Override
        public String toString() {
            return database.holds() + " " + name;
        }
    }

    public boolean keepsFiles() {
        return !OF_THE_KERNEL.contains(system);
    }

    /// The directory of this file where it is not there yet; it is made, with those above it.
    public Optional<String> made(String path) {
        return Optional.of(parent(path)).filter(wanted -> !wanted.equals(directory));
    }

    /// What a killed run of an older bluerig left beside the file.
    public List<String> leftOver(String path) {
        String older = RemoteFile.older(path);
        return temporaries.getOrDefault(older, "").startsWith("regular") ? List.of(older) : List.of();
    }

    /// Asked only about a file that is to be written. A program that is missing (lsattr, getent) forbids nothing.
    public record Seen(String path, Optional<String> owner) implements Fact.Question<FilePlace> {
        @Override
        public Inquiry<FilePlace> read() {
            return Inquiry.both(above(parent(path)), once(),
                (place, rest) -> Reading.known(new FilePlace(place.directory, place.kind, place.system, place.writable,
                rest.fixed(), rest.mounted(), rest.temporaries(), rest.strangers())));
        }

        /// Upwards until something is there: one more wave for each directory that is missing.
        private static Inquiry<FilePlace> above(String directory) {
            var itself = Command.of("stat", "-c", "%F", directory);
            var behind = Command.of("stat", "-L", "-c", "%F", directory);
            return Inquiry.ask(List.of(itself, behind, Command.of("stat", "-f", "-c", "%T", directory),
                Command.of("test", "-w", directory)), replies -> {
                if (!(replies.get(0) instanceof Reply.Ran ran)) return ToolReplies.unknown(itself, replies.get(0));
                if (!ran.ok() && !directory.equals("/") && FileState.nothingThere(ran)) return above(parent(directory));
                if (!ran.ok()) return ToolReplies.unknown(itself, ran);
                String kind = ToolReplies.out(replies.get(1)).map(String::strip)
                    .orElse(ran.out().strip().equals("symbolic link") ? "symbolic link that leads nowhere" : ran.out().strip());
                boolean writable = !(replies.get(3) instanceof Reply.Ran test && test.status() == 1);
                return Reading.known(new FilePlace(directory, kind, ToolReplies.out(replies.get(2)).map(String::strip).orElse(""),
                    writable, Set.of(), false, Map.of(), List.of()));
            });
        }

        private record Restrictions(Set<String> fixed, boolean mounted, Map<String, String> temporaries, List<Account> strangers) {}

        private Inquiry<Restrictions> once() {
            var commands =
                new ArrayList<>(List.of(Command.of("stat", "-c", "%F:%n", RemoteFile.fresh(path), RemoteFile.older(path)),
                Command.of("stat", "-c", "%m", path),
                Command.of("lsattr", "-d", parent(path), path)));
            accounts().forEach(account -> commands.add(Command.of("getent", account.database().word(), account.name())));
            return Inquiry.ask(commands, replies ->
                Reading.known(new Restrictions(fixed(ToolReplies.printed(replies.get(2))),
                    ToolReplies.printed(replies.get(1)).strip().equals(path),
                temporaries(ToolReplies.printed(replies.get(0))), strangers(replies.subList(3, replies.size())))));
        }

        /// Numbers need no account.
        private List<Account> accounts() {
            String[] names = owner.orElse("").split(":", 2);
            var accounts = new ArrayList<Account>();
            for (int i = 0; i < names.length; i++)
                if (!names[i].isEmpty() && !names[i].matches("[0-9]+"))
                    accounts.add(new Account(i == 0 ? Account.Database.PASSWD : Account.Database.GROUP, names[i]));
            return accounts;
        }

        /// getent(1): 2 = one or more keys were not found.
        private List<Account> strangers(List<Reply> replies) {
            var strangers = new ArrayList<Account>();
            int i = 0;
            for (Account account : accounts())
                if (replies.get(i++) instanceof Reply.Ran ran && ran.status() == 2) strangers.add(account);
            return strangers;
        }

        private static Map<String, String> temporaries(String text) {
            var found = new LinkedHashMap<String, String>();
            text.lines().filter(line -> line.indexOf(":/") > 0)
                .forEach(line -> found.put(line.substring(line.indexOf(":/") + 1), line.substring(0, line.indexOf(":/"))));
            return found;
        }

        /// chattr(1): nothing is renamed over what is immutable (i) or append-only (a), and out of such a directory nothing is renamed.
        private Set<String> fixed(String text) {
            var fixed = new TreeSet<String>();
            for (String line : text.lines().toList()) {
                String[] parts = line.strip().split(" +", 2);
                if (parts.length == 2 && (parts[0].contains("i") || parts[0].contains("a")) && parts[0].matches("[A-Za-z-]+"))
                    fixed.add(parts[1]);
            }
            fixed.retainAll(Set.of(path, parent(path)));
            return fixed;
        }
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }
}
