package dev.bluerig.playbook;

import dev.bluerig.task.Named;
import dev.bluerig.task.Wish;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// Which record a task's name in YAML stands for.
public record TaskNames(Map<String, Class<? extends Wish>> types) {
    public TaskNames {
        types = Collections.unmodifiableMap(new TreeMap<>(types));
    }

    public static TaskNames of(Collection<Class<? extends Wish>> types) {
        var named = new TreeMap<String, Class<? extends Wish>>();
        for (Class<? extends Wish> type : types) {
            Named name = type.getAnnotation(Named.class);
            if (name == null) throw new IllegalStateException(type + " has no @Named");
            if (named.put(name.value(), type) != null) throw new IllegalStateException("two tasks are named " + name.value());
        }
        return new TaskNames(named);
    }
}
