package dev.bluerig.cli;

import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;

/// The version of the jar that runs.
public final class BuildVersion implements CommandLine.IVersionProvider {
    /// As picocli's own (`mixinStandardHelpOptions`).
    static final Set<String> OPTIONS = Set.of("-V", "--version");

    /// What they print.
    static String line() {
        return "bluerig " + text();
    }

    static String text() {
        return Optional.ofNullable(BuildVersion.class.getPackage().getImplementationVersion()).orElse("(unpackaged)");
    }

    /// As reports name what made them.
    static String full() {
        return "bluerig " + text() + ", Java " + Runtime.version().feature();
    }

    @Override
    public String[] getVersion() {
        return new String[] {line()};
    }
}
