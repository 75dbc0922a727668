package dev.bluerig.remote.ssh;

import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.Ssh;
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
    private final Optional<SshProgram> ssh;
    private final Optional<SshConfigFiles> configuration;
    private final Map<LoginKey, Found> known = new HashMap<>();
    private Optional<SshConfig> untouched = Optional.empty();

    /// Machines of which the same can be said: ssh takes their names alike, and the inventory says the same of their logins.
    private record LoginKey(Ssh login, boolean asked, List<Boolean> matched) {}

    /// What is said, and the known_hosts files that would be read.
    private record Found(List<String> notes, List<Path> files) {}

    public SshNotes(SshSettings settings) {
        this.settings = settings;
        this.ssh = settings.sshConfig().flatMap(SshProgram::of);
        this.configuration = ssh.flatMap(SshConfigFiles::of);
    }

    /// Each note with the machines that it is about.
    public Map<String, List<String>> of(Iterable<Machine> machines) {
        var notes = new LinkedHashMap<String, List<String>>();
        var files = new LinkedHashSet<Path>(settings.knownHosts());
        for (Machine machine : machines) {
            Found found = about(machine);
            files.addAll(found.files);
            for (String note : found.notes) notes.computeIfAbsent(note, any -> new ArrayList<>()).add(machine.name());
        }
        for (String line : lines(files)) notes.put(line, List.of());
        return notes;
    }

    /// Once for machines that are alike, where the answer is of them all.
    private Found about(Machine machine) {
        Optional<String> name = machine.via().isPresent() ? Optional.empty() : machine.address();
        boolean asked = name.isPresent() && settings.sshConfig().isPresent();
        if (asked && (configuration.isEmpty() || !SshConfig.isName(name.get()))) return alone(machine, Optional.empty());
        var alike = new LoginKey(machine.ssh(), asked, asked ? configuration.get().matched(name.get()) : List.of());
        Found shared = known.get(alike);
        return shared == null ? alone(machine, Optional.of(alike)) : shared;
    }

    /// `alike`: for whom else it may hold.
    private Found alone(Machine machine, Optional<LoginKey> alike) {
        var notes = new ArrayList<>(machine.ssh().missing().stream().map(Problem::toString).toList());
        var files = new ArrayList<Path>();
        try {
            SshConfig config = SshConfig.of(machine, settings.sshConfig());
            notes.addAll(SshKeywords.unused(config, untouched()));
            files.addAll(DialTarget.of(machine, settings, config).knownHosts());
            var found = new Found(notes, files);
            if (alike.isPresent() && SharedSshConfig.isOfAll(config, machine)) known.put(alike.get(), found);
            return found;
        } catch (Unreachable refused) {
            if (refused.reason() != ConnectionCode.SECRET_MISSING) notes.add(refused.reason() + ": " + refused.getMessage());
            return new Found(notes, files);
        }
    }

    private SshConfig untouched() throws Unreachable {
        if (ssh.isEmpty()) return SshConfig.NOTHING;
        if (untouched.isEmpty()) untouched = Optional.of(SshConfig.parse(ssh.get().untouched()));
        return untouched.get();
    }

    private static List<String> lines(LinkedHashSet<Path> files) {
        try {
            return KnownHosts.read(List.copyOf(files)).notes();
        } catch (IOException unreadable) {
            return List.of("a known_hosts file cannot be read: " + unreadable.getMessage());
        }
    }
}
