package dev.bluerig.source;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.Filter;
import com.hubspot.jinjava.objects.SafeString;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;

/// A filter of Jinjava's that is asked for no more than a template may yield, told before it begins, and all filters of a template together
/// for no more than a limit.
record BoundedFilter(Filter filter) implements Filter {
    /// Jinjava adds up in doubles, which hold every whole number up to here.
    private static final double EXACT = 1L << 53;
    private static final Pattern WIDTH = Pattern.compile("%[^A-Za-z%]*");

    @Override
    public String getName() {
        return filter.getName();
    }

    @Override
    public boolean preserveSafeString() {
        return filter.preserveSafeString();
    }

    @Override
    public Object filter(Object value, JinjavaInterpreter interpreter, String... arguments) {
        begin(value, interpreter, arguments, Map.of());
        return ended(filter.filter(value, interpreter, arguments));
    }

    @Override
    public Object filter(SafeString value, JinjavaInterpreter interpreter, String... arguments) {
        begin(value, interpreter, arguments, Map.of());
        return ended(filter.filter(value, interpreter, arguments));
    }

    @Override
    public Object filter(Object value, JinjavaInterpreter interpreter, Object[] arguments, Map<String, Object> named) {
        begin(value, interpreter, arguments, named);
        return ended(filter.filter(value, interpreter, arguments, named));
    }

    private void begin(Object value, JinjavaInterpreter interpreter, Object[] arguments, Map<String, Object> named) {
        long most = estimated(value, arguments, named);
        if (most > Jinja.OUTPUT) throw tooLong();
        if (interpreter instanceof StrictInterpreter strict) strict.works(size(value) + most);
    }

    private Object ended(Object result) {
        if (size(result) > Jinja.OUTPUT) throw tooLong();
        boolean rounded = getName().equals("sum") && result instanceof Number sum && Math.abs(sum.doubleValue()) > EXACT;
        boolean wrapped = getName().equals("abs") && result instanceof Long whole && whole < 0;
        if (rounded || wrapped) throw new IllegalArgumentException("the result of `" + getName() + "` is too large to be exact");
        return result;
    }

    private IllegalArgumentException tooLong() {
        return new IllegalArgumentException("what `" + getName() + "` would yield is longer than " + Jinja.OUTPUT + " characters");
    }

    /// Characters at most of what this filter adds, where it can add more than it is given.
    private long estimated(Object value, Object[] arguments, Map<String, Object> named) {
        String text = value instanceof CharSequence || value instanceof SafeString ? String.valueOf(value) : "";
        return switch (getName()) {
            case "indent" -> text.chars().filter(c -> c == '\n')
                .count() * number(named.getOrDefault("width", arguments.length > 0 ? arguments[0] : 4));
            case "replace" -> arguments.length < 2 ? 0 : occurrences(text, String.valueOf(arguments[0])) * String.valueOf(arguments[1])
                .length();
            case "regex_replace" -> arguments.length < 2 ? 0 : String.valueOf(arguments[1]).isEmpty() ? 0
                : (text.length() + 1L) * String.valueOf(arguments[1]).length();
            case "format" -> widths(text) + text.chars().filter(c -> c == '%').count() * Arrays.stream(arguments)
                .mapToLong(BoundedFilter::size).max().orElse(0);
            default -> 0;
        };
    }

    private static long occurrences(String text, String part) {
        if (part.isEmpty()) return text.length() + 1L;
        long count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) count++;
        return count;
    }

    private static long widths(String format) {
        return WIDTH.matcher(format).results().flatMap(spec -> Pattern.compile("[0-9]+").matcher(spec.group()).results())
            .mapToLong(digits -> digits.group().length() > 9 ? Jinja.OUTPUT + 1L : Long.parseLong(digits.group())).sum();
    }

    private static long number(Object value) {
        String text = String.valueOf(value);
        return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : text.matches("[0-9]+") ? Jinja.OUTPUT : 0;
    }

    private static long size(Object value) {
        return switch (value) {
            case null -> 0;
            case CharSequence text -> text.length();
            case SafeString text -> String.valueOf(text).length();
            case Collection<?> items -> items.size();
            default -> 1;
        };
    }
}
