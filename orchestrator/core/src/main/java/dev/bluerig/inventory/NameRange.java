package dev.bluerig.inventory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// `host-[001:200]`: many names as one, both ways. A first number with leading zeros gives the width of all.
public final class NameRange {
    /// A range writes at most this many names.
    public static final int MOST = 10_000;

    private static final Pattern RANGE = Pattern.compile("\\[([0-9]{1,9}):([0-9]{1,9})]");
    private static final Pattern NUMBERED = Pattern.compile("(?s)(.*?)([0-9]{1,9})([^0-9]*)");

    private NameRange() {}

    public static boolean isRange(String text) {
        return text.indexOf('[') >= 0 && RANGE.matcher(text).find();
    }

    /// How many texts this stands for: 1 without a range. Throws `IllegalArgumentException` when its ranges are wrong or differ in length.
    public static int size(String text) {
        int size = 0;
        Matcher range = RANGE.matcher(text);
        while (range.find()) {
            int count = last(range) - first(range) + 1;
            if (count < 1) throw new IllegalArgumentException("a range counts upwards: " + range.group());
            if (count > MOST) throw new IllegalArgumentException("a range of more than " + MOST + ": " + range.group());
            if (size != 0 && size != count) throw new IllegalArgumentException("the ranges in one text must be of one length: " + text);
            size = count;
        }
        return Math.max(size, 1);
    }

    /// The text at a place of the range, counted from 0; several ranges in one text go in step.
    public static String at(String text, int index) {
        return RANGE.matcher(text).replaceAll(range -> digits(range.group(1), Integer.parseInt(range.group(1)) + index));
    }

    /// The digits that the first range of this text has at a place.
    static String digitsAt(String text, int index) {
        Matcher range = RANGE.matcher(text);
        return range.find() ? digits(range.group(1), first(range) + index) : "";
    }

    public static List<String> expand(String text) {
        return IntStream.range(0, size(text)).mapToObj(index -> at(text, index)).toList();
    }

    /// Names that count on from one another become a range where that makes three names or more one; the order is by name, numbers by
    /// value.
    public static List<String> fold(Collection<String> names) {
        Map<String, List<Numbered>> families = new LinkedHashMap<>();
        var folded = new ArrayList<String>();
        for (String name : names.stream().distinct().sorted().toList()) {
            Matcher parts = NUMBERED.matcher(name);
            if (parts.matches())
                families.computeIfAbsent(parts.group(1) + "\0" + parts.group(3), key -> new ArrayList<>())
                    .add(new Numbered(name, parts.group(1), parts.group(2), parts.group(3)));
            else folded.add(name);
        }
        families.values().forEach(family -> fold(family, folded));
        folded.sort(Comparator.naturalOrder());
        return List.copyOf(folded);
    }

    private static void fold(List<Numbered> family, List<String> folded) {
        family.sort(Comparator.comparing((Numbered each) -> each.digits.length()).thenComparing(Numbered::number));
        int start = 0;
        for (int i = 1; i <= family.size(); i++) {
            if (i < family.size() && family.get(i).follows(family.get(i - 1), family.get(start))) continue;
            List<Numbered> run = family.subList(start, i);
            if (run.size() < 3) run.forEach(each -> folded.add(each.name));
            else folded.add(run.getFirst().prefix + "[" + run.getFirst().digits + ":" + run.getLast().digits + "]" + run.getFirst().suffix);
            start = i;
        }
    }

    private record Numbered(String name, String prefix, String digits, String suffix) {
        int number() {
            return Integer.parseInt(digits);
        }

        /// The digits that a range from `first` would write after `before`.
        boolean follows(Numbered before, Numbered first) {
            return NameRange.digits(first.digits, before.number() + 1).equals(digits);
        }
    }

    private static String digits(String first, int number) {
        String digits = Integer.toString(number);
        boolean padded = first.length() > 1 && first.startsWith("0");
        return padded ? "0".repeat(Math.max(0, first.length() - digits.length())) + digits : digits;
    }

    private static int first(Matcher range) {
        return Integer.parseInt(range.group(1));
    }

    private static int last(Matcher range) {
        return Integer.parseInt(range.group(2));
    }
}
