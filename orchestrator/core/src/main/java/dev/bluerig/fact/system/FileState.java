package dev.bluerig.fact.system;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.List;
import java.util.Optional;

/// One file of a machine. `mode` is octal with four digits; `kind` is `stat`'s word; content only of a regular file of at most `MOST`
/// bytes.
public record FileState(boolean exists, String kind, String mode, String owner, Optional<String> content) {
    /// Of a file that is written here at most this much is read: settings are small, and an undo carries what was there.
    public static final int MOST = 1 << 20;

    public static FileState absent() {
        return new FileState(false, "", "", "", Optional.empty());
    }

    public boolean regular() {
        return kind.startsWith("regular");
    }

    /// Bytes that are not UTF-8 were lost on the way, and NUL cannot travel in a command: such content could not be put back.
    public boolean isText() {
        return content.filter(text -> text.indexOf('\uFFFD') < 0 && text.indexOf(0) < 0).isPresent();
    }

    /// The link itself, not what it points to: writing replaces the link. Reading a device or a pipe could wait for ever or change
    /// something, so
    /// `find` hands only a regular file on.
    public record Seen(String path) implements Fact.Question<FileState> {
        @Override
        public Inquiry<FileState> read() {
            var stat = Command.of("stat", "-c", "%F:%a:%U:%G:%s", path);
            var content = Command.of("find", path, "-maxdepth", "0", "-type", "f", "-size", "-" + (MOST / 1024 + 1) + "k", "-exec", "cat",
                "{}", "+");
            return Inquiry.ask(List.of(stat, content), replies -> join(stat, replies.get(0), content, replies.get(1)));
        }

        private static Inquiry<FileState> join(Command stat, Reply state, Command find, Reply content) {
            if (state instanceof Reply.Ran ran && nothingThere(ran)) return Reading.known(absent());
            return Reading.parsed(stat, state, FileState::parse)
                .then(seen -> !seen.file().regular() || seen.size() > MOST ? Reading.known(seen.file())
                : Reading.parsed(find, content, seen.file()::holding));
        }
    }

    /// A way that leads through a regular file, or round in a circle, leads to nothing, too; FilePlace tells what is in the way.
    static boolean nothingThere(Reply.Ran stat) {
        return !stat.ok() && (stat.err().contains("No such file or directory") || stat.err().contains("Not a directory")
            || stat.err().contains("Too many levels of symbolic links"));
    }

    FileState ownedBy(String other) {
        return new FileState(exists, kind, mode, other, content);
    }

    private record Sized(FileState file, long size) {}

    private static Sized parse(String line) {
        String[] parts = line.strip().split(":");
        if (parts.length != 5 || !parts[1].matches("[0-7]{1,4}") || !parts[4].matches("[0-9]{1,18}"))
            throw new IllegalArgumentException("not KIND:MODE:USER:GROUP:SIZE: " + line.strip());
        String mode = "0".repeat(4 - parts[1].length()) + parts[1];
        return new Sized(new FileState(true, parts[0], mode, parts[2] + ":" + parts[3], Optional.empty()), Long.parseLong(parts[4]));
    }

    private FileState holding(String text) {
        return new FileState(exists, kind, mode, owner, Optional.of(text));
    }
}
