package dev.bluerig.remote.ssh;

import dev.bluerig.inventory.Machine;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.remote.hostkey.KnownHosts;
import dev.bluerig.source.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What dialling would not use or not find, said before anything is dialled: keywords of ssh_config, lines of known_hosts, secrets.
public final class SshNotes {
    private final SshSettings settings;
    private final Map<Path, SshConfig> untouched = new HashMap<>();

    public SshNotes(SshSettings settings) {
        this.settings = settings;
    }

    /// Each note with the machines that it is about.
    public Map<String, List<String>> of(Iterable<Machine> machines) {
        var notes = new LinkedHashMap<String, List<String>>();
        var files = new LinkedHashSet<Path>(settings.knownHosts());
        for (Machine machine : machines) {
            for (String note : about(machine, files)) notes.computeIfAbsent(note, any -> new ArrayList<>()).add(machine.name());
        }
        for (String line : lines(files)) notes.put(line, List.of());
        return notes;
    }

    private List<String> about(Machine machine, LinkedHashSet<Path> files) {
        var notes = new ArrayList<>(machine.ssh().missing().stream().map(Problem::toString).toList());
        try {
            SshConfig config = SshConfig.of(machine, settings.sshConfig());
            notes.addAll(SshKeywords.unused(config, untouched()));
            files.addAll(DialTarget.of(machine, settings, config).knownHosts());
        } catch (Unreachable refused) {
            if (refused.reason() != ConnectionCode.SECRET_MISSING) notes.add(refused.reason() + ": " + refused.getMessage());
        }
        return notes;
    }

    private SshConfig untouched() throws Unreachable {
        Optional<SshProgram> ssh = settings.sshConfig().flatMap(SshProgram::of);
        if (ssh.isEmpty()) return SshConfig.NOTHING;
        SshConfig known = untouched.get(ssh.get().binary());
        if (known != null) return known;
        SshConfig fresh = SshConfig.parse(ssh.get().untouched());
        untouched.put(ssh.get().binary(), fresh);
        return fresh;
    }

    private static List<String> lines(LinkedHashSet<Path> files) {
        try {
            return KnownHosts.read(List.copyOf(files)).notes();
        } catch (IOException unreadable) {
            return List.of("a known_hosts file cannot be read: " + unreadable.getMessage());
        }
    }
}
