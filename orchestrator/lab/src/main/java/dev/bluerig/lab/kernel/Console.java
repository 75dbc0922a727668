package dev.bluerig.lab.kernel;

import dev.bluerig.lab.machine.LabFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a guest said on its serial console, which is all that is known of it until its sshd answers.
record Console(Path log) {
    // a shell keeps its prompt on the same line, so a mark need not begin one
    private static final Pattern UP = Pattern.compile("(?m)BLUERIG-LAB-UP\\b");
    private static final Pattern FAILED = Pattern.compile("(?m)BLUERIG-LAB-FAILED: *(.*)$");
    private static final Pattern PANIC = Pattern.compile("(?m)^.*(Kernel panic - not syncing.*)$");

    /// How far a guest's start has come.
    sealed interface Stage {
        record Starting() implements Stage {}

        record Up() implements Stage {}

        record Failed(String reason) implements Stage {}
    }

    /// How long the log is now: what is said after a reset begins here.
    long length() throws LabFailed {
        try {
            return Files.exists(log) ? Files.size(log) : 0;
        } catch (IOException unreadable) {
            throw new LabFailed("cannot read " + log, unreadable);
        }
    }

    Stage stage(long since) throws LabFailed {
        return stage(text(since));
    }

    static Stage stage(String said) {
        String text = said.replace("\r", "");
        Matcher panic = PANIC.matcher(text);
        if (panic.find()) return new Stage.Failed(panic.group(1).strip());
        Matcher failed = FAILED.matcher(text);
        if (failed.find()) return new Stage.Failed(failed.group(1).strip());
        return UP.matcher(text).find() ? new Stage.Up() : new Stage.Starting();
    }

    String text(long since) throws LabFailed {
        try {
            if (!Files.exists(log)) return "";
            byte[] all = Files.readAllBytes(log);
            int from = (int) Math.min(since, all.length);
            return new String(all, from, all.length - from, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new LabFailed("cannot read " + log, unreadable);
        }
    }

    /// The last lines, indented.
    String tail(long since) throws LabFailed {
        return Files.exists(log) ? HostTool.tail(log, since) : "  (nothing)";
    }
}
