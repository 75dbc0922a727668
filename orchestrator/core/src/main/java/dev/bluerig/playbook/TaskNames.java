package dev.bluerig.playbook;

import dev.bluerig.task.TaskName;
import dev.bluerig.task.TaskSpec;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// Which record a task's name in YAML stands for.
public record TaskNames(Map<String, Class<? extends TaskSpec>> types) {
    public TaskNames {
        types = Collections.unmodifiableMap(new TreeMap<>(types));
    }

    public static TaskNames of(Collection<Class<? extends TaskSpec>> types) {
        var named = new TreeMap<String, Class<? extends TaskSpec>>();
        for (Class<? extends TaskSpec> type : types) {
            TaskName name = type.getAnnotation(TaskName.class);
            if (name == null) throw new IllegalStateException(type + " has no @TaskName");
            if (named.put(name.value(), type) != null) throw new IllegalStateException("two tasks are named " + name.value());
        }
        return new TaskNames(named);
    }
}
