package dev.bluerig.report;

import dev.bluerig.run.RunDirectory;
import dev.bluerig.run.RunRecord;
import dev.bluerig.run.WholeFile;
import java.io.IOException;
import java.nio.file.Path;

/// All reports of a run, in its directory. Its secrets are gone already (`Redaction`).
public final class Reports {
    private Reports() {}

    public static void write(RunRecord run, RunDirectory directory) throws IOException {
        Path to = directory.path();
        WholeFile.write(to.resolve("report.json"), Report.of(run).json());
        WholeFile.write(to.resolve("report.md"), Markdown.of(run));
        WholeFile.write(to.resolve("report.html"), HtmlReport.of(run));
        WholeFile.write(to.resolve("junit.xml"), Junit.of(run));
    }
}
