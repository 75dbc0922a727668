package dev.bluerig.playbook;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Many names as a few words, in the range notation of the inventory: `dpu-001 ... dpu-200` is `dpu-[001:200]`.
public final class Folded {
    private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d{1,9})(\\D*)");

    private Folded() {}

    /// What stands around a number, and how wide the number is.
    private record Shape(String before, String after, int width) {
        /// `9` and `10` are one range when nobody writes `09`.
        Shape free() {
            return new Shape(before, after, 0);
        }
    }

    public static String names(Collection<String> names) {
        var padded = new HashSet<Shape>();
        for (String name : names) shape(name).filter(shape -> digits(name).startsWith("0") && shape.width > 1).ifPresent(padded::add);
        var numbers = new LinkedHashMap<Shape, TreeSet<Integer>>();
        var words = new ArrayList<String>();
        for (String name : new TreeSet<>(names)) {
            var shape = shape(name);
            if (shape.isEmpty()) words.add(name);
            else numbers.computeIfAbsent(padded.contains(shape.get()) ? shape.get() : shape.get().free(), any -> new TreeSet<>())
                .add(Integer.parseInt(digits(name)));
        }
        numbers.forEach((shape, each) -> words.addAll(ranges(shape, List.copyOf(each))));
        words.sort(null);
        return String.join(", ", words);
    }

    private static Optional<Shape> shape(String name) {
        Matcher matcher = NUMBERED.matcher(name);
        return matcher.matches() ? Optional.of(new Shape(matcher.group(1), matcher.group(3), matcher.group(2).length())) : Optional.empty();
    }

    private static String digits(String name) {
        return NUMBERED.matcher(name).replaceFirst("$2");
    }

    private static List<String> ranges(Shape shape, List<Integer> numbers) {
        var ranges = new ArrayList<String>();
        for (int from = 0; from < numbers.size(); ) {
            int to = from;
            while (to + 1 < numbers.size() && numbers.get(to + 1) == numbers.get(to) + 1) to++;
            if (to - from >= 2) {
                ranges.add(shape.before + "[" + number(shape, numbers.get(from)) + ":" + number(shape, numbers.get(to)) + "]" + shape.after);
            } else {
                for (int i = from; i <= to; i++) ranges.add(shape.before + number(shape, numbers.get(i)) + shape.after);
            }
            from = to + 1;
        }
        return ranges;
    }

    private static String number(Shape shape, int number) {
        return shape.width == 0 ? Integer.toString(number) : String.format("%0" + shape.width + "d", number);
    }

    /// Names that share a value, in the order of the first name: `{a: ok, b: ok}` is `{ok: [a, b]}`.
    public static <K, V> Map<V, List<K>> byValue(Map<K, V> values) {
        var groups = new LinkedHashMap<V, List<K>>();
        values.forEach((name, value) -> groups.computeIfAbsent(value, any -> new ArrayList<>()).add(name));
        return groups;
    }
}
