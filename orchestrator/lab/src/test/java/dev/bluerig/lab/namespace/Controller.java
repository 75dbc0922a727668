package dev.bluerig.lab.namespace;

import dev.bluerig.lab.machine.LabFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// What tests look at on the machine they run on, and how they log in: OpenSSH's own `ssh`.
record Controller(LabFiles lab) {
    record Ran(int status, String out, String err) {}

    static Ran run(List<String> words) throws IOException, InterruptedException {
        Path err = Files.createTempFile("bluerig", ".err");
        try {
            Process process = new ProcessBuilder(words).redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectError(err.toFile()).start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS)) throw new IOException("still running: " + words);
            return new Ran(process.exitValue(), out, Files.readString(err));
        } finally {
            Files.delete(err);
        }
    }

    /// Logs in by ssh with the lab's known_hosts and key; a DPU through its host.
    Ran ssh(String user, String machine, String... command) throws IOException, InterruptedException {
        var words = new ArrayList<String>(List.of("ssh"));
        words.addAll(options(machine));
        if (machine.startsWith("dpu-")) {
            String host = machine.replace("dpu-", "host-");
            var proxy = new ArrayList<String>(List.of("ssh"));
            proxy.addAll(options(host));
            proxy.addAll(List.of("-W", "192.168.100.2:22", "lab@" + address(host)));
            words.addAll(List.of("-o", "ProxyCommand=" + String.join(" ", proxy), user + "@192.168.100.2"));
        } else {
            words.add(user + "@" + address(machine));
        }
        words.addAll(List.of(command));
        return run(words);
    }

    private List<String> options(String machine) {
        return List.of("-F", "none", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=yes", "-o",
            "UserKnownHostsFile=" + lab.knownHosts(),
            "-o", "GlobalKnownHostsFile=/dev/null", "-o", "HostKeyAlias=" + machine, "-o", "ConnectTimeout=3", "-o", "LogLevel=ERROR",
            "-i", lab.identity().toString());
    }

    private String address(String host) {
        try (Stream<String> lines = Files.lines(lab.knownHosts())) {
            return lines.filter(line -> line.startsWith(host + ",")).map(line -> line.substring(host.length() + 1, line.indexOf(' ')))
                .findFirst().orElseThrow();
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    /// What a lab could leave behind: namespaces, mounts, links, and processes with one of `marks` in their command line.
    static List<String> traces(String... marks) throws IOException, InterruptedException {
        var traces = new TreeSet<String>();
        for (String line : run(List.of("ip", "netns", "list")).out().lines().toList())
            if (line.startsWith(marks[0])) traces.add("namespace " + line);
        for (String line : run(List.of("ip", "-br", "link")).out().lines().toList())
            if (line.startsWith(marks[0].replaceFirst("br-(.*)-", "br$1-"))) traces.add("link " + line);
        for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo")))
            for (String mark : marks) if (line.contains(mark)) traces.add("mount " + line);
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes.filter(path -> path.getFileName().toString().matches("\\d+")).toList()) {
                String line = commandLine(process);
                boolean mine = process.getFileName().toString().equals(Long.toString(ProcessHandle.current().pid()));
                for (String mark : marks) if (!mine && line.contains(mark)) traces.add("process " + line);
            }
        }
        return List.copyOf(traces);
    }

    private static String commandLine(Path process) {
        try {
            return Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1).replace('\0', ' ');
        } catch (IOException ended) {
            return "";
        }
    }
}
