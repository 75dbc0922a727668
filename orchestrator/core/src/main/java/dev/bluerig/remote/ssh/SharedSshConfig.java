package dev.bluerig.remote.ssh;

import dev.bluerig.inventory.Machine;
import dev.bluerig.remote.Unreachable;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/// What `ssh -G` says of one name, used for every other name of which it says the same: one process for a fleet and not one a machine.
///
/// Two names are alike when the same patterns of `Host` lines match them and nothing else in the files looks at names (`SshConfigFiles`);
/// the answer is used only if it does not hold the name, but as host. Files are read each time, so an answer is as new as they are.
final class SharedSshConfig {
    /// Answers; a program that edits its configuration again and again keeps no more.
    private static final int MOST = 1000;

    private static final Map<QuestionKey, CompletableFuture<Optional<SshConfig>>> ANSWERS = new ConcurrentHashMap<>();

    private record QuestionKey(SshProgram ssh, List<String> texts, List<Boolean> matched, Optional<String> user, Optional<Integer> port) {}

    private SharedSshConfig() {}

    static SshConfig of(SshProgram ssh, String name, Optional<String> user, Optional<Integer> port) throws Unreachable {
        Optional<SshConfigFiles> files = SshConfigFiles.of(ssh);
        if (files.isEmpty()) return asked(ssh, name, user, port);
        var alike = new QuestionKey(ssh, files.get().texts(), files.get().matched(name), user, port);
        if (ANSWERS.size() > MOST) ANSWERS.clear();
        var fresh = new CompletableFuture<Optional<SshConfig>>();
        var known = ANSWERS.putIfAbsent(alike, fresh);
        if (known == null) return first(alike, fresh, name);
        Optional<SshConfig> shared = waited(known);
        return shared.isPresent() ? named(shared.get(), name) : asked(ssh, name, user, port);
    }

    /// Asks for all that wait meanwhile. A failure is nobody's answer.
    private static SshConfig first(QuestionKey alike, CompletableFuture<Optional<SshConfig>> answer, String name) throws Unreachable {
        try {
            SshConfig config = asked(alike.ssh, name, alike.user, alike.port);
            answer.complete(Optional.of(config).filter(each -> isOfAll(each, name)));
            return config;
        } finally {
            if (answer.complete(Optional.empty())) ANSWERS.remove(alike);
        }
    }

    private static Optional<SshConfig> waited(CompletableFuture<Optional<SshConfig>> answer) {
        try {
            return answer.get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("it is completed with an answer or with none", impossible);
        }
    }

    private static SshConfig asked(SshProgram ssh, String name, Optional<String> user, Optional<Integer> port) throws Unreachable {
        return SshConfig.parse(ssh.settings(name, user, port));
    }

    /// What follows from it for this machine follows for every machine of which ssh says it: no name in it, no token that becomes one, no
    /// way through another machine, which may be the machine itself.
    static boolean isOfAll(SshConfig config, Machine machine) {
        boolean through = config.one("proxyjump").isPresent() || config.one("proxycommand").isPresent();
        boolean tokens = config.values().values().stream().anyMatch(values -> values.stream().anyMatch(value -> value.indexOf('%') >= 0));
        boolean asked = config.values().containsKey("hostname");
        return !through && !tokens && (!asked || isOfAll(config, machine.address().orElse("")));
    }

    /// Nothing in it is of this name but that it is the host's.
    private static boolean isOfAll(SshConfig config, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        boolean host = config.one("hostname").filter(each -> each.equalsIgnoreCase(name)).isPresent();
        boolean canonical = config.one("canonicalizehostname").filter(each -> !each.equals("false") && !each.equals("no")).isPresent();
        return host && !canonical && config.values().entrySet().stream()
            .filter(entry -> !entry.getKey().equals("host") && !entry.getKey().equals("hostname"))
            .noneMatch(entry -> entry.getValue().stream().anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(lower)));
    }

    private static SshConfig named(SshConfig shared, String name) {
        var values = new HashMap<>(shared.values());
        values.computeIfPresent("host", (key, any) -> List.of(name));
        values.put("hostname", List.of(name.toLowerCase(Locale.ROOT)));
        return new SshConfig(values);
    }
}
