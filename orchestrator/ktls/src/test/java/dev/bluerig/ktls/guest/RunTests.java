package dev.bluerig.ktls.guest;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// Runs tests of this module on a machine that has a kernel with TLS but no build, and says of each in one line what came of it, so that
/// whoever started it misses none.
///
/// Words: names of test classes. Lines, their fields parted by tabs: `passed|failed|skipped TEST MILLISECONDS WHY`, `told TEST
/// NAME=VALUE...` for what a test reports, and
/// `over COUNT` at the end. TEST is `Class.method display name`.
public final class RunTests implements TestExecutionListener {
    private final PrintStream out;
    private long count;
    private long began;

    private RunTests(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] classes) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err); // what tests print is for people
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
            .selectors(Stream.of(classes).map(name -> selectClass(name)).toList()).build();
        RunTests told = new RunTests(out);
        LauncherFactory.create().execute(request, told);
        told.line("over", String.valueOf(told.count));
        System.exit(0);
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        if (test.isTest()) began = System.nanoTime();
    }

    @Override
    public void executionSkipped(TestIdentifier test, String why) {
        outcome("skipped", test, why);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        boolean passed = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
        if (passed && !test.isTest()) return;
        result.getThrowable().ifPresent(Throwable::printStackTrace);
        String kind = switch (result.getStatus()) {
            case SUCCESSFUL -> "passed";
            case FAILED -> "failed";
            case ABORTED -> "skipped";
        };
        outcome(kind, test, result.getThrowable().map(Throwable::toString).orElse(""));
    }

    private void outcome(String kind, TestIdentifier test, String why) {
        count++;
        long milliseconds = test.isTest() && began > 0 ? Duration.ofNanos(System.nanoTime() - began).toMillis() : 0;
        line(kind, name(test), String.valueOf(milliseconds), why);
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        List<String> words = new ArrayList<>(List.of("told", name(test)));
        for (Map.Entry<String, String> pair : entry.getKeyValuePairs().entrySet()) words.add(pair.getKey() + "=" + pair.getValue());
        line(words.toArray(String[]::new));
    }

    private String name(TestIdentifier test) {
        String method = test.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast)
            .map(source -> source.getClassName().replaceFirst(".*\\.", "") + "." + source.getMethodName() + " ").orElse("");
        return method + test.getDisplayName();
    }

    private synchronized void line(String... fields) {
        out.println(String.join("\t", Stream.of(fields).map(field -> field.replaceAll("[\\t\\r\\n]+", " ")).toList()));
    }
}
