package dev.bluerig.fact.system;

import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.ToolReplies;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// How modules are asked for: usually one wave; a second one where `lsmod` is missing or `modinfo` does not know built-in
/// modules (kmod before 27 prints no `(builtin)`).
record ModuleQuestions(List<String> names) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*");
    private static final Command LSMOD = Command.of("lsmod");
    private static final Command PROC = Command.of("cat", "/proc/modules");
    private static final Command OURS = Command.of("cat", KernelModules.FILE);
    /// modules-load.d(5), modprobe.d(5); /etc/modules is Debian's.
    private static final List<String> DIRECTORIES = List.of("/etc/modules-load.d", "/run/modules-load.d", "/usr/local/lib/modules-load.d",
        "/usr/lib/modules-load.d", "/lib/modules-load.d", "/etc/modules", "/etc/modprobe.d", "/run/modprobe.d", "/usr/lib/modprobe.d",
        "/lib/modprobe.d");

    static void check(String name) {
        if (!NAME.matcher(name).matches()) throw new IllegalArgumentException("not a module name: " + name);
    }

    Inquiry<KernelModules> first() {
        var commands = new ArrayList<>(List.of(KernelRelease.COMMAND, LSMOD, entries(), OURS));
        names.forEach(name -> commands.add(modinfo(name)));
        return Inquiry.ask(commands, replies -> second(new Wave(replies)));
    }

    private Inquiry<KernelModules> second(Wave wave) {
        boolean listed = ToolReplies.out(wave.lsmod()).isPresent();
        Set<String> loaded = loaded(ToolReplies.out(wave.lsmod()).orElse(""));
        var unfound = names.stream().filter(name -> !loaded.contains(same(name)) && wave.modinfo(names.indexOf(name)).isEmpty()).toList();
        if (listed && unfound.isEmpty()) return Reading.known(wave.modules(loaded, Set.of()));
        return Reading.parsed(KernelRelease.COMMAND, wave.uname(), KernelRelease::parse).then(kernel -> {
            Command builtIn = Command.of("grep", "-E", "/(" + alternatives(unfound.isEmpty() ? names : unfound) + ")\\.ko",
                "/lib/modules/" + kernel.release() + "/modules.builtin");
            return Inquiry.ask(List.of(PROC, builtIn), replies -> {
                var all = new LinkedHashSet<>(loaded);
                all.addAll(loaded(ToolReplies.out(replies.get(0)).orElse("")));
                return wave.known(wave.modules(all, linkedIn(ToolReplies.printed(replies.get(1)))));
            });
        });
    }

    private Command entries() {
        var words =
            new ArrayList<>(List.of("grep", "-R", "-s", "-H", "-E", "^[[:space:]]*(blacklist[[:space:]]+)?(" + alternatives(names)
            + ")[[:space:]]*$"));
        words.addAll(DIRECTORIES);
        return Command.of(words);
    }

    private static Command modinfo(String name) {
        return Command.of("modinfo", "-F", "filename", name);
    }

    private static String alternatives(List<String> names) {
        return names.stream().map(name -> name.replaceAll("[-_]", "[-_]")).collect(Collectors.joining("|"));
    }

    /// The kernel prints `_` for `-`.
    private static String same(String name) {
        return name.replace('-', '_');
    }

    /// First words of `lsmod` and of /proc/modules; the header of `lsmod` is no module.
    private static Set<String> loaded(String text) {
        return text.lines().filter(line -> !line.startsWith("Module ")).map(line -> same(line.split("\\s", 2)[0]))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// `kernel/net/tls/tls.ko` -> `tls`.
    private static Set<String> linkedIn(String text) {
        return text.lines().map(line -> same(module(line))).collect(Collectors.toSet());
    }

    private static String module(String path) {
        String file = path.substring(path.lastIndexOf('/') + 1);
        int end = file.indexOf(".ko");
        return end < 0 ? file : file.substring(0, end);
    }

    private final class Wave {
        private final List<Reply> replies;

        Wave(List<Reply> replies) {
            this.replies = replies;
        }

        Reply uname() {
            return replies.get(0);
        }

        Reply lsmod() {
            return replies.get(1);
        }

        /// A path, or `(builtin)`.
        Optional<String> modinfo(int name) {
            return ToolReplies.out(replies.get(4 + name)).map(String::strip).filter(text -> !text.isEmpty());
        }

        /// Without `modinfo`, a module that is not there may still be in the file system.
        Reading<KernelModules> known(KernelModules modules) {
            for (int i = 0; i < names.size(); i++) {
                boolean missing = !(replies.get(4 + i) instanceof Reply.Ran ran) || ran.status() == 127;
                if (missing && !modules.get(names.get(i)).present())
                    return ToolReplies.unknown(ModuleQuestions.modinfo(names.get(i)), replies.get(4 + i));
            }
            return Reading.known(modules);
        }

        KernelModules modules(Set<String> loaded, Set<String> linkedIn) {
            var modules = new TreeMap<String, KernelModules.Module>();
            for (int i = 0; i < names.size(); i++) {
                String name = names.get(i);
                var file = modinfo(i);
                boolean builtIn = linkedIn.contains(same(name)) || file.filter("(builtin)"::equals).isPresent();
                modules.put(name, new KernelModules.Module(loaded.contains(same(name)), builtIn, file.filter(path -> path.startsWith("/")),
                    files(name, false), files(name, true)));
            }
            return new KernelModules(modules, ToolReplies.out(replies.get(3)).orElse("").lines().toList());
        }

        /// Only `*.conf` counts; a file in /usr/lib that /lib shows again is named once.
        private List<String> files(String name, boolean blacklisted) {
            return ToolReplies.printed(replies.get(2)).lines().filter(line -> line.indexOf(':') > 0).filter(line -> {
                String file = line.substring(0, line.indexOf(':'));
                String[] words = line.substring(line.indexOf(':') + 1).strip().split("\\s+");
                return (file.endsWith(".conf") || file.equals("/etc/modules")) && file.contains("/modprobe.d/") == blacklisted
                    && (words.length == 2) == blacklisted && same(words[words.length - 1]).equals(same(name));
            }).map(line -> line.substring(0, line.indexOf(':')).replaceFirst("^/lib/", "/usr/lib/")).distinct().toList();
        }
    }
}
