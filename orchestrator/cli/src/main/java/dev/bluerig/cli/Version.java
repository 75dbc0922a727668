package dev.bluerig.cli;

import java.util.Optional;
import picocli.CommandLine;

/// The version of the jar that runs.
public final class Version implements CommandLine.IVersionProvider {
    static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion()).orElse("(unpackaged)");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"bluerig " + text()};
    }
}
