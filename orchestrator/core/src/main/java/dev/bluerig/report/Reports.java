package dev.bluerig.report;

import dev.bluerig.run.AtomicFile;
import dev.bluerig.run.RecordError;
import dev.bluerig.run.RunDirectory;
import dev.bluerig.run.RunRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// All reports of a run, in its directory. Its secrets are gone already (`Redaction`).
public final class Reports {
    /// For programs first: the others can be made of it.
    static final List<ReportFile> FILES = List.of(new ReportFile("report.json", run -> Report.of(run).json()),
        new ReportFile("report.md", Markdown::of), new ReportFile("report.html", HtmlReport::of), new ReportFile("junit.xml", Junit::of));

    private Reports() {}

    /// A file of a run, and how it is made.
    record ReportFile(String name, Function<RunRecord, String> text) {}

    /// Why some could not be written; one that cannot hinders no other.
    public static List<String> write(RunRecord run, RunDirectory directory) {
        var unwritten = new ArrayList<String>();
        for (ReportFile page : FILES) {
            try {
                AtomicFile.write(directory.path().resolve(page.name), page.text.apply(run));
            } catch (IOException full) {
                unwritten.add(page.name + ": " + RecordError.words(full));
            }
        }
        return List.copyOf(unwritten);
    }
}
