package dev.bluerig.fact.system;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import dev.bluerig.remote.Command;
import java.util.Optional;

/// A file of a machine beside the one that is wanted: its place is looked at only when it is to be written, so that one that is right costs
/// nothing.
///
/// `owner` empty: as it is.
public record WantedFile(String path, String content, String mode, Optional<String> owner) implements Fact.Question<WantedFile.Found> {
    /// `place` is there when the file differs and could be replaced.
    public record Found(FileState file, Optional<FilePlace> place) {}

    @Override
    public Inquiry<Found> read() {
        return new FileState.Seen(path).read().then(seen -> seen.exists() && namesItByNumber(seen) ? byNumber(seen) : Reading.known(seen))
            .then(this::placed);
    }

    private boolean namesItByNumber(FileState seen) {
        return owner.filter(name -> name.matches("[0-9].*|.*:[0-9]+")).isPresent() || (":" + seen.owner() + ":").contains(":UNKNOWN:");
    }

    /// `stat` writes UNKNOWN for an owner without an account, which no program takes for a name.
    private Inquiry<FileState> byNumber(FileState seen) {
        return Inquiry.parse(Command.of("stat", "-c", "%u:%g", path), text -> {
            String[] numbers = text.strip().split(":");
            String[] names = seen.owner().split(":");
            String[] wanted = owner.orElse("").split(":", -1);
            if (numbers.length != 2 || names.length != 2) throw new IllegalArgumentException("not UID:GID: " + text.strip());
            return seen.ownedBy(named(names[0], numbers[0], wanted[0]) + ":"
                + named(names[1], numbers[1], wanted.length > 1 ? wanted[1] : ""));
        });
    }

    private static String named(String name, String number, String wanted) {
        return name.equals("UNKNOWN") || wanted.equals(number) ? number : name;
    }

    private Inquiry<Found> placed(FileState seen) {
        boolean replaceable = !seen.exists() || seen.regular() && seen.isText();
        if (!replaceable || isAsWanted(seen)) return Reading.known(new Found(seen, Optional.empty()));
        return new FilePlace.Seen(path, owner).read().then(place -> Reading.known(new Found(seen, Optional.of(place))));
    }

    public boolean isAsWanted(FileState seen) {
        return seen.exists() && seen.content().filter(content::equals).isPresent() && seen.mode().equals(mode) && isOwnedAsWanted(seen);
    }

    public boolean isOwnedAsWanted(FileState seen) {
        return owner.isEmpty() || seen.owner().equals(owner.get()) || !owner.get().contains(":")
            && seen.owner().startsWith(owner.get() + ":");
    }
}
