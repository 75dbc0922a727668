package dev.bluerig.fact;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.List;
import java.util.Optional;

/// One file of a machine. `mode` is octal with four digits; `kind` is `stat`'s word; content only of a regular file.
public record FileState(boolean exists, String kind, String mode, String owner, Optional<String> content) {
    public static FileState absent() {
        return new FileState(false, "", "", "", Optional.empty());
    }

    public boolean regular() {
        return kind.startsWith("regular");
    }

    /// Bytes that are not UTF-8 were lost on the way, so the content cannot be put back.
    public boolean isText() {
        return content.filter(text -> text.indexOf('\uFFFD') < 0).isPresent();
    }

    /// The link itself, not what it points to: writing replaces the link.
    public record Seen(String path) implements Fact.Question<FileState> {
        @Override
        public Reading<FileState> read() {
            var stat = Command.of("stat", "-c", "%F:%a:%U:%G", path);
            var cat = Command.of("cat", path);
            return Reading.ask(List.of(stat, cat), replies -> join(stat, replies.get(0), cat, replies.get(1)));
        }

        private static Reading<FileState> join(Command stat, Reply state, Command cat, Reply content) {
            if (state instanceof Reply.Ran ran && !ran.ok() && ran.err().contains("No such file or directory")) return Reading.known(absent());
            return Reading.parsed(stat, state, FileState::parse).then(file -> !file.regular() ? Reading.known(file)
                : Reading.parsed(cat, content, text -> new FileState(true, file.kind(), file.mode(), file.owner(), Optional.of(text))));
        }
    }

    private static FileState parse(String line) {
        String[] parts = line.strip().split(":");
        if (parts.length != 4 || !parts[1].matches("[0-7]{1,4}")) throw new IllegalArgumentException("not KIND:MODE:USER:GROUP: " + line.strip());
        return new FileState(true, parts[0], "0".repeat(4 - parts[1].length()) + parts[1], parts[2] + ":" + parts[3], Optional.empty());
    }
}
