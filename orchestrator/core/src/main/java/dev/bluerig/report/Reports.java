package dev.bluerig.report;

import dev.bluerig.run.Redaction;
import dev.bluerig.run.RunDirectory;
import dev.bluerig.run.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// All reports of a run, in its directory.
public final class Reports {
    private Reports() {}

    public static void write(RunRecord run, RunDirectory directory, Redaction redaction) throws IOException {
        Path to = directory.path();
        Files.writeString(to.resolve("report.json"), redaction.of(Report.of(run).json()));
        Files.writeString(to.resolve("report.md"), redaction.of(Markdown.of(run)));
        Files.writeString(to.resolve("report.html"), redaction.of(HtmlReport.of(run)));
        Files.writeString(to.resolve("junit.xml"), redaction.of(Junit.of(run)));
    }
}
