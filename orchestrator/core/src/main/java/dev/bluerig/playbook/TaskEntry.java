package dev.bluerig.playbook;

import dev.bluerig.source.Location;
import dev.bluerig.source.Tree;
import dev.bluerig.task.TaskSpec;
import java.util.Optional;

/// One task as written in a play, its structure checked, nothing rendered yet.
public record TaskEntry(String task, Class<? extends TaskSpec> type, Location at, Tree body, Optional<Template> from) {}
