package dev.bluerig.remote.ssh;

import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Unreachable;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How the bytes get to a machine: from here by TCP, through a program of the user's, or through the machine's host.
///
/// - `proxy`: the program whose stdin and stdout are the connection, and how it is called in messages.
/// - `bind`: the source address; `family`: `inet`, `inet6` or `any`; `patience`: for the TCP connection alone.
record DialRoute(Optional<Program> proxy, Optional<String> bind, String family, Optional<Duration> patience) {
    /// `shared`: programs with the same text go through the same place, so that few dial at a time.
    record Program(List<String> words, String shared, String title) {
        Program {
            words = List.copyOf(words);
        }
    }

    static DialRoute of(SshConfig config, Optional<Path> file, SshTokens tokens) throws Unreachable {
        Optional<String> refused = SshKeywords.refused(config);
        if (refused.isPresent())
            throw new Unreachable(ConnectionCode.CONFIG_NOT_FOLLOWED, "your ssh configuration says of " + tokens.given() + ": "
                + ServerText.shown(refused.get()));
        return new DialRoute(program(config, file, tokens), config.one("bindaddress"), config.one("addressfamily").orElse("any"),
            config.connectTimeout());
    }

    private static Optional<Program> program(SshConfig config, Optional<Path> file, SshTokens tokens) throws Unreachable {
        Optional<String> jumps = config.one("proxyjump");
        Optional<String> command = config.one("proxycommand");
        if (jumps.isPresent()) {
            JumpHosts.uncircled(file.orElseThrow(), tokens.given(), jumps);
            SshProgram ssh = SshProgram.of(file.get())
                .orElseThrow(() -> new Unreachable(ConnectionCode.CONFIG_NOT_FOLLOWED, "ProxyJump needs the program ssh"));
            return Optional.of(new Program(JumpHosts.words(ssh, jumps.get(), tokens.host(), tokens.port()), jumps.get(),
                "ProxyJump " + jumps.get()));
        }
        if (command.isEmpty()) return Optional.empty();
        String shell = Optional.ofNullable(System.getenv("SHELL")).filter(text -> text.startsWith("/")).orElse("/bin/sh");
        String text = tokens.expanded(command.get());
        return Optional.of(new Program(List.of(shell, "-c", "exec " + text), command.get(), "ProxyCommand " + text));
    }

    boolean takes(InetAddress address) {
        return switch (family) {
            case "inet" -> address instanceof Inet4Address;
            case "inet6" -> address instanceof Inet6Address;
            default -> true;
        };
    }
}
