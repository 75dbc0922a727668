package dev.bluerig.run;

import dev.bluerig.source.TrustedText;
import java.util.Optional;

/// What a run was started with, as its journal keeps it: what `--resume` takes from it.
///
/// `by`: the user and machine that started it. `program`: the version of bluerig. `process`: its number there. `project`, and the files'
/// names: absolute. `limit`: as it was written. `plan`: what it was allowed to do. `resumes`: the run that it goes on with.
@TrustedText
public record RunStart(String by, String program, long process, String project, Plan.BoundFile inventory, Plan.BoundFile playbook,
    Optional<String> limit, int forks, Optional<Plan.BoundFile> plan, Optional<String> resumes) {}
