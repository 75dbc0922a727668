package dev.bluerig.task;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bluerig.fact.Effect;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.system.FileState;
import dev.bluerig.fact.system.WantedFile;
import dev.bluerig.fact.way.LoginFile;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.RemoteFile;
import dev.bluerig.source.Described;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Deed;
import dev.bluerig.task.diff.Diff;
import dev.bluerig.task.diff.Finding;
import dev.bluerig.task.diff.Remedy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A small text file with this content, mode and owner. Files are written, never deleted.
@TaskName("file")
@Described(value = "A text file on the machine, written atomically; skipped when it is already so. Settings of sshd and rules"
    + " of sudo are checked by `sshd -t` and `visudo -c` before they are moved into place.",
    example = "file: {path: /etc/modules-load.d/tls.conf, content: \"tls\\n\"}")
public record FileTask(@Described(value = "Absolute path.", example = "/etc/modules-load.d/tls.conf") String path,
                       @Described(value = "The whole text; or `from:` a template.", example = "\"tls\\n\"") String content,
                       @Described(value = "Octal.", absent = "\"0644\"") String mode,
                       @Described(value = "`user` or `user:group`; left out = as it is, for a new file the session's user.",
                       example = "root:root") Optional<String> owner)
    implements Task<WantedFile.Found> {
    private static final Map<String, Effect> READERS =
        Map.of("/etc/netplan/", Effect.LINK_FILES, "/etc/network/", Effect.LINK_FILES, "/etc/systemd/network/", Effect.LINK_FILES,
        "/etc/NetworkManager/", Effect.LINK_FILES, "/etc/sysconfig/network", Effect.LINK_FILES, "/etc/systemd/system/", Effect.UNIT_FILES,
        "/etc/modprobe.d/", Effect.MODULE_FILES, "/etc/modules-load.d/", Effect.MODULE_FILES);

    /// NAME_MAX of Linux (limits.h), in bytes.
    private static final int LONGEST = 255;

    public FileTask {
        if (!path.startsWith("/") || path.endsWith("/") || path.indexOf(0) >= 0)
            throw new IllegalArgumentException("not an absolute file name: " + path);
        if (Arrays.stream(path.split("/")).anyMatch(name -> name.getBytes(UTF_8).length > LONGEST))
            throw new IllegalArgumentException("a name of a file has at most " + LONGEST + " bytes: " + path);
        if (!mode.matches("[0-7]{3,4}")) throw new IllegalArgumentException("a mode is octal such as 0644: " + mode);
        mode = mode.length() == 3 ? "0" + mode : mode;
        if (owner.isPresent() && !owner.get().matches("[A-Za-z0-9_][A-Za-z0-9_.-]*(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?"))
            throw new IllegalArgumentException("an owner is user or user:group: " + owner.get());
        if (content.indexOf(0) >= 0) throw new IllegalArgumentException("a text holds no NUL: " + path);
    }

    @Override
    public Fact<WantedFile.Found> wants() {
        return wanted();
    }

    private WantedFile wanted() {
        return new WantedFile(path, content, mode, owner);
    }

    /// By who reads it.
    @Override
    public Set<Effect> brings() {
        return READERS.entrySet().stream().filter(reader -> path.startsWith(reader.getKey())).findFirst()
            .map(reader -> Set.of(reader.getValue())).orElse(Set.of(Effect.FILES));
    }

    @Override
    public Diff diff(WantedFile.Found found) {
        FileState seen = found.file();
        if (seen.exists() && !seen.regular())
            return new Diff.Unmet(Finding.FILE_NOT_REGULAR, List.of(new Change(path, "regular file", seen.kind())), "");
        if (seen.exists() && seen.content().isEmpty())
            return new Diff.Unmet(Finding.FILE_TOO_BIG,
                List.of(new Change(path, lines(content), "more than " + FileState.MOST + " bytes")), "");
        var changes = changes(seen);
        if (changes.isEmpty()) return new Diff.Same();
        if (seen.exists() && !seen.isText())
            return new Diff.Unmet(Finding.FILE_NOT_TEXT, List.of(new Change(path, "text", "bytes that are no text in UTF-8")), "");
        var obstacles = found.place().map(place -> new FileObstacles(path, place).all()).orElse(List.of());
        if (!obstacles.isEmpty()) return new Diff.Unmet(obstacles, changes);
        found.place().flatMap(place -> place.made(path)).ifPresent(directory -> changes.add(new Change(directory, "directory", "absent")));
        return new Diff.Mendable(changes, remedy(seen, found.place().map(place -> place.leftOver(path)).orElse(List.of())));
    }

    private Remedy remedy(FileState seen, List<String> leftOver) {
        var commands = new ArrayList<Command>();
        leftOver.forEach(old -> commands.add(Command.of("rm", "-f", old)));
        commands.addAll(RemoteFile.write(path, content, mode, owner.orElse(seen.owner())));
        LoginFile.at(path).flatMap(file -> file.checker(RemoteFile.fresh(path))).ifPresent(check -> commands.add(commands.size() - 1,
            check));
        return Remedy.of(commands, seen.exists() ? RemoteFile.write(path, seen.content().orElse(""), seen.mode(), seen.owner())
            : List.of(Command.of("rm", "-f", path)), Set.of()).doing(List.of(new Deed.WriteFile(path, content, mode,
            owner.orElse(seen.owner()), seen.exists() ? seen.content() : Optional.empty())));
    }

    /// The text itself is not told: it may hold what does not belong into a report.
    private List<Change> changes(FileState seen) {
        var changes = new ArrayList<Change>();
        if (!seen.exists()) {
            changes.add(new Change(path, lines(content), "absent"));
            return changes;
        }
        String found = seen.content().orElse("");
        if (!found.equals(content))
            changes.add(new Change(path, lines(content), lines(found) + ", another from line " + firstDifference(found)));
        if (!seen.mode().equals(mode)) changes.add(new Change(path + " mode", mode, seen.mode()));
        if (!wanted().isOwnedAsWanted(seen)) changes.add(new Change(path + " owner", owner.orElse(""), seen.owner()));
        return changes;
    }

    private static String lines(String text) {
        long lines = text.lines().count();
        return lines + (lines == 1 ? " line" : " lines");
    }

    private int firstDifference(String found) {
        var wanted = content.split("\n", -1);
        var there = found.split("\n", -1);
        int line = 0;
        while (line < wanted.length && line < there.length && wanted[line].equals(there[line])) line++;
        return line + 1;
    }
}
