package dev.bluerig.bench.parts;

import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The hot inner parts, each for itself and briefly, in a JVM with the launcher's options.
@Command(name = "parts", mixinStandardHelpOptions = true, description = "the hot inner parts of a run by JMH: time and bytes allocated")
public final class Parts implements Callable<Integer> {
    @Parameters(arity = "0..1", defaultValue = ".*", paramLabel = "NAME", description = "a part, or a regular expression")
    private String name = "";

    @Option(names = "--seconds", defaultValue = "1", description = "of an iteration (default: ${DEFAULT-VALUE})")
    private int seconds;

    @Override
    public Integer call() throws RunnerException {
        var once = TimeValue.seconds(seconds);
        Collection<RunResult> results = new Runner(new OptionsBuilder().include(PartsBenchmark.class.getName() + "\\." + name).forks(1)
            .warmupIterations(3).warmupTime(once).measurementIterations(5).measurementTime(once).addProfiler(GCProfiler.class)
            .jvmArgs("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC").verbosity(VerboseMode.SILENT).build()).run();
        System.out.println("| part | microseconds a call | +- (99.9 %) | KB allocated a call |\n|---|--:|--:|--:|");
        for (RunResult each : results)
            System.out.printf(Locale.ROOT, "| %s | %.0f | %.0f | %.0f |%n", each.getPrimaryResult().getLabel(),
                each.getPrimaryResult().getScore(), each.getPrimaryResult().getScoreError(),
                each.getSecondaryResults().get("gc.alloc.rate.norm").getScore() / 1000);
        return 0;
    }
}
