package dev.bluerig.playbook;

import dev.bluerig.source.Tree;
import dev.bluerig.task.Task;

/// One task of a play for one machine: as written, as rendered, and as the wanted state it stands for.
public record ResolvedTask(TaskEntry written, Tree rendered, Task<?> task) {}
