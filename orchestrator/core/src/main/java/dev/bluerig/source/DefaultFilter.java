package dev.bluerig.source;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.AdvancedFilter;
import java.util.Map;

/// `default(9000)`: the value that stands for one that is not there, with its type; Jinjava's own makes it text.
final class DefaultFilter implements AdvancedFilter {
    private final String name;

    DefaultFilter(String name) {
        this.name = name;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public Object filter(Object value, JinjavaInterpreter interpreter, Object[] arguments, Map<String, Object> named) {
        if (arguments.length == 0 || arguments[0] == null) throw new IllegalArgumentException("default needs a value: default(9000)");
        boolean alsoEmpty = arguments.length > 1 && Boolean.TRUE.equals(arguments[1]);
        boolean missing = value == null || alsoEmpty && (value.equals("") || value.equals(false) || value.equals(0L));
        return missing ? arguments[0] : value;
    }
}
