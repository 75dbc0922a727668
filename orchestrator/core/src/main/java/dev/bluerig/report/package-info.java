/// A run record as JSON, HTML, Markdown, JUnit XML and tables; decides nothing.
///
/// | type | what it is |
/// |---|---|
/// | `Reports` | all reports of a run, in its directory |
/// | `Report`, `FormerReport` | the run for programs (`docs/report.schema.json`); those of schema 1 and 2 |
/// | `FormerRun`, `SupportBundle` | a run as its directory tells it; what a bug report needs of one |
/// | `HtmlReport`, `Html` | the page to sign; there is no way to write markup from a text |
/// | `Markdown`, `Junit` | the page to mail; the suite for CI |
/// | `FoldedResults`, `TrialFold`, `CellTable`, `VerdictText` | equal things said once |
/// | `LabNotice` | what every page says about where a run took place |
/// | `TaskReference` | the page `docs/tasks.md`, from the code itself |
package dev.bluerig.report;
