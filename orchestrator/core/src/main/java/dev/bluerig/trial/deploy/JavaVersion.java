package dev.bluerig.trial.deploy;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A `java` of a machine and what `java -version` prints of it.
record JavaVersion(String java, int feature) {
    /// The agent is compiled for it: the first release with the foreign functions as they stayed (JEP 454).
    static final int LEAST = 22;

    private static final Pattern SAID = Pattern.compile("version \"(\\d{1,6})(?:\\.(\\d{1,6}))?");

    static Command asking(String java) {
        return Command.of(java, "-version");
    }

    /// Empty when it did not run. Java 8 calls itself 1.8.
    static Optional<JavaVersion> of(String java, Reply reply) {
        if (!(reply instanceof Reply.Ran ran && ran.ok())) return Optional.empty();
        Matcher version = SAID.matcher(ran.err() + ran.out());
        if (!version.find()) return Optional.empty();
        int first = Integer.parseInt(version.group(1));
        return Optional.of(new JavaVersion(java, first == 1 && version.group(2) != null ? Integer.parseInt(version.group(2)) : first));
    }

    boolean serves() {
        return feature >= LEAST;
    }

    @Override
    public String toString() {
        return java + " (" + feature + ")";
    }
}
