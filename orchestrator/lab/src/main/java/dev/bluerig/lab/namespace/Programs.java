package dev.bluerig.lab.namespace;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The controller's own programs that a lab needs, and how they are run.
final class Programs {
    private static final Map<String, String> PACKAGES = Map.ofEntries(Map.entry("ip", "iproute2"), Map.entry("bash", "bash"),
        Map.entry("setsid", "util-linux"), Map.entry("nsenter", "util-linux"), Map.entry("unshare", "util-linux"),
        Map.entry("pivot_root", "util-linux"), Map.entry("ssh-keygen", "openssh-client"), Map.entry("sshd", "openssh-server"),
        Map.entry("ethtool", "ethtool"), Map.entry("sudo", "sudo"), Map.entry("ping", "iputils-ping"), Map.entry("arping", "iputils-arping"),
        Map.entry("ps", "procps"), Map.entry("systemctl", "systemd"));
    private static final Map<String, String> OVS = Map.of("ovs-vswitchd", "openvswitch-switch", "ovsdb-server", "openvswitch-switch",
        "ovs-vsctl", "openvswitch-switch", "ovsdb-tool", "openvswitch-switch");

    private Programs() {}

    /// Says everything that is missing in one message.
    static void require(boolean ovs) throws LabFailed {
        if (!"Linux".equals(System.getProperty("os.name")))
            throw new LabFailed("the namespace lab needs Linux; this is " + System.getProperty("os.name") + ". Use: bluerig lab sim");
        var problems = new ArrayList<String>();
        if (!"root".equals(System.getProperty("user.name")))
            problems.add("it must run as root (user " + System.getProperty("user.name") + " cannot make network namespaces): sudo bluerig lab namespace up");
        var missing = new TreeSet<String>();
        var packages = new TreeSet<String>();
        for (Map<String, String> table : ovs ? List.of(PACKAGES, OVS) : List.of(PACKAGES)) {
            table.forEach((program, from) -> {
                if (present(program)) return;
                missing.add(program);
                packages.add(from);
            });
        }
        if (!missing.isEmpty()) problems.add("programs are missing: " + String.join(", ", missing) + ". Install: apt-get install " + String.join(" ", packages));
        if (!Files.exists(Path.of("/dev/net/tun"))) problems.add("/dev/net/tun is missing, which Open vSwitch's userspace datapath needs: modprobe tun");
        if (!problems.isEmpty()) throw new LabFailed("the namespace lab cannot start: " + String.join("; ", problems));
    }

    private static boolean present(String program) {
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin" + File.pathSeparator + "/sbin";
        return Stream.of(path.split(File.pathSeparator)).anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /// A process with the sbin directories on its PATH and nothing on its standard input.
    static ProcessBuilder process(List<String> words) {
        var process = new ProcessBuilder(words).redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        process.environment().merge("PATH", "/usr/sbin:/sbin", (path, sbin) -> path + ":" + sbin);
        process.environment().put("LC_ALL", "C");
        return process;
    }

    /// What a program printed, standard error included, and how it ended.
    record Ran(int status, String output) {}

    static Ran run(List<String> words) throws LabFailed {
        try {
            Process process = process(words).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new LabFailed("no answer within 60 s: " + String.join(" ", words));
            }
            return new Ran(process.exitValue(), output);
        } catch (IOException cannotStart) {
            throw new LabFailed("cannot run " + words.getFirst(), cannotStart);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LabFailed("interrupted during " + words.getFirst(), stopped);
        }
    }

    static void succeed(String... words) throws LabFailed {
        Ran ran = run(List.of(words));
        if (ran.status != 0) throw new LabFailed(String.join(" ", words) + " exited " + ran.status + ": " + ran.output.strip());
    }
}
