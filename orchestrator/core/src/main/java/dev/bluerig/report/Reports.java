package dev.bluerig.report;

import dev.bluerig.run.AtomicFile;
import dev.bluerig.run.RunDirectory;
import dev.bluerig.run.RunRecord;
import java.io.IOException;
import java.nio.file.Path;

/// All reports of a run, in its directory. Its secrets are gone already (`Redaction`).
public final class Reports {
    private Reports() {}

    public static void write(RunRecord run, RunDirectory directory) throws IOException {
        Path to = directory.path();
        AtomicFile.write(to.resolve("report.json"), Report.of(run).json());
        AtomicFile.write(to.resolve("report.md"), Markdown.of(run));
        AtomicFile.write(to.resolve("report.html"), HtmlReport.of(run));
        AtomicFile.write(to.resolve("junit.xml"), Junit.of(run));
    }
}
