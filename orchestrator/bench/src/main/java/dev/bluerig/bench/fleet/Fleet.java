package dev.bluerig.bench.fleet;

import dev.bluerig.bench.measure.ProcessTimes;
import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.LabPrograms;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;

/// Cheap machines that run: namespaces with a real sshd, stand-ins for the tools of a card and for Open vSwitch.
///
/// One process holds them all; they end when its standard input does, so nothing is left behind however the bench ends.
public final class Fleet implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 180_000;
    private static final Pattern CONNECTION = Pattern.compile("(?m)^Accepted publickey for ");
    private static final Pattern EXEC = Pattern.compile("(?m)^Starting session: ");

    private final Path directory;
    private final FleetPlan plan;
    private final Process holder;
    private final Map<String, Long> pids = new LinkedHashMap<>();
    private int idle;
    private List<Long> own = List.of();

    private Fleet(Path directory, FleetPlan plan, Process holder) {
        this.directory = directory;
        this.plan = plan;
        this.holder = holder;
    }

    /// Brings machines up in factory state.
    public static Fleet up(Path directory, FleetPlan plan) throws LabFailed, IOException, InterruptedException {
        var files = new FleetDirectory(directory);
        files.write(plan);
        Process holder = LabPrograms.process(List.of("unshare", "--net", "--mount", "--propagation", "private", "/bin/sh",
                directory.resolve("seed/up").toString(), directory.toString()))
            .redirectInput(ProcessBuilder.Redirect.PIPE).redirectError(directory.resolve("said").toFile()).start();
        var fleet = new Fleet(directory, plan, holder);
        try {
            fleet.await(files);
            fleet.idle = ProcessTimes.now().below(fleet.pids.values()).size();
            fleet.own = fleet.inNetwork();
            return fleet;
        } catch (IOException | InterruptedException | LabFailed failure) {
            fleet.close();
            throw failure;
        }
    }

    private void await(FleetDirectory files) throws IOException, InterruptedException, LabFailed {
        BufferedReader reader = holder.inputReader(StandardCharsets.UTF_8);
        if (!"started".equals(reader.readLine()))
            throw new LabFailed("the machines did not start: " + Files.readString(directory.resolve("said")));
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        for (FleetPlan.Member member : plan.members()) {
            Path own = files.machine(member);
            while (!pids.containsKey(member.name())) {
                if (Files.exists(own.resolve("pid"))) {
                    long pid = Long.parseLong(Files.readString(own.resolve("pid")).strip());
                    if (Files.exists(inside(pid, "run/sshd.pid"))) pids.put(member.name(), pid);
                }
                String said = Files.exists(own.resolve("said")) ? Files.readString(own.resolve("said")) : "";
                if (!said.isEmpty() || System.currentTimeMillis() > end)
                    throw new LabFailed(member.name() + " did not start" + (said.isEmpty() ? " in time" : ": " + said));
                if (!pids.containsKey(member.name())) Thread.sleep(20);
            }
        }
    }

    private static Path inside(long pid, String file) {
        return Path.of("/proc", Long.toString(pid), "root", file);
    }

    public Path directory() {
        return directory;
    }

    public FleetPlan plan() {
        return plan;
    }

    public int size() {
        return pids.size();
    }

    /// The network from which a controller sees the machines.
    public Path network() {
        return Path.of("/proc", Long.toString(holder.pid()), "ns/net");
    }

    /// Every machine as it was before any job.
    public void reset() throws LabFailed, InterruptedException {
        inEach("reset");
    }

    /// Addresses, MTUs, flags, bridges, modules and written files of every machine, as text to compare.
    public Map<String, String> states() throws LabFailed, InterruptedException {
        return inEach("state");
    }

    /// Runs one of our scripts in each machine, beside SSH and outside of what is metered.
    private Map<String, String> inEach(String script) throws LabFailed, InterruptedException {
        var output = new TreeMap<String, String>();
        try (var threads = Executors.newFixedThreadPool(2)) {
            var running = new LinkedHashMap<String, Future<LabPrograms.Ran>>();
            pids.forEach((name, pid) -> running.put(name, threads.submit(() -> LabPrograms.run(List.of("nsenter", "--target",
                pid.toString(), "--mount", "--net", "/bin/sh", "/usr/lib/bluerig-bench/" + script)))));
            for (Map.Entry<String, Future<LabPrograms.Ran>> each : running.entrySet()) {
                LabPrograms.Ran ran = each.getValue().get();
                if (ran.status() != 0)
                    throw new LabFailed(script + " on " + each.getKey() + " exited " + ran.status() + ": " + ran.output());
                output.put(each.getKey(), ran.output());
            }
        } catch (ExecutionException failed) {
            throw new LabFailed(script + " could not be run", failed);
        }
        return output;
    }

    /// What the machines have counted and used since they started. `cpu`: seconds.
    public record Meter(double cpu, long connections, long execs) {
        public Meter since(Meter before) {
            return new Meter(cpu - before.cpu, connections - before.connections, execs - before.execs);
        }
    }

    /// Reads the meters once every process of the last run has ended and was waited for.
    public Meter meter() throws IOException, InterruptedException {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (true) {
            ProcessTimes now = ProcessTimes.now();
            var ours = now.below(pids.values());
            if (ours.size() == idle) return new Meter(now.seconds(ours), logged(CONNECTION), logged(EXEC));
            if (System.currentTimeMillis() > end)
                throw new IOException(ours.size() + " processes run on the machines; " + idle + " did before the first run");
            Thread.sleep(20);
        }
    }

    private long logged(Pattern line) throws IOException {
        long count = 0;
        for (long pid : pids.values()) count += line.matcher(Files.readString(inside(pid, "run/sshd.log"))).results().count();
        return count;
    }

    /// Processes in the controller's network that are not our own: a controller's, or what it left running.
    public List<Long> strangers() throws IOException {
        return inNetwork().stream().filter(pid -> !own.contains(pid)).toList();
    }

    private List<Long> inNetwork() throws IOException {
        String network = Files.readSymbolicLink(network()).toString();
        var inside = new ArrayList<Long>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
            for (Path process : processes)
                try {
                    if (Files.readSymbolicLink(process.resolve("ns/net")).toString().equals(network))
                        inside.add(Long.valueOf(process.getFileName().toString()));
                } catch (IOException ended) {
                    // is nowhere now
                }
        }
        return inside;
    }

    @Override
    public void close() {
        try {
            holder.getOutputStream().close();
            holder.waitFor();
        } catch (IOException gone) {
            holder.destroyForcibly();
        } catch (InterruptedException stopped) {
            holder.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
