package dev.bluerig.ktls.program;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Takes the fields of one object one after the other and gathers everything that is wrong with them. What it returns for a wrong field is of no use: ask `finish` first.
final class FieldReader {
    private final Map<String, Json> fields;
    private final Set<String> known = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    FieldReader(Json.Fields object) {
        fields = object.fields();
    }

    String text(String name, Predicate<String> fits, String wanted) {
        if (take(name, wanted) instanceof Json.Text(String text) && fits.test(text)) return text;
        return wrong(name, wanted, "");
    }

    /// Empty when the field is absent or an empty text.
    Optional<String> perhaps(String name, Predicate<String> fits, String wanted) {
        known.add(name);
        if (!fields.containsKey(name) || fields.get(name).equals(new Json.Text(""))) return Optional.empty();
        return Optional.of(text(name, fits, wanted));
    }

    long whole(String name, long least, long most) {
        String wanted = least == Long.MIN_VALUE ? "a whole number" : "a whole number from " + least + " to " + most;
        if (take(name, wanted) instanceof Json.Whole(long number) && number >= least && number <= most) return number;
        return wrong(name, wanted, least);
    }

    long whole(String name, long least, long most, long absent) {
        known.add(name);
        return fields.containsKey(name) ? whole(name, least, most) : absent;
    }

    /// The constant whose name in kebab case the field holds.
    <E extends Enum<E>> E word(String name, Class<E> family) {
        List<String> words = Arrays.stream(family.getEnumConstants()).map(FieldReader::kebab).toList();
        String found = text(name, words::contains, String.join(" or ", words));
        return family.getEnumConstants()[Math.max(0, words.indexOf(found))];
    }

    boolean either(String name, String yes, String no) {
        return text(name, text -> text.equals(yes) || text.equals(no), yes + " or " + no).equals(yes);
    }

    InetAddress address(String name) {
        String text = text(name, literal -> literal(literal).isPresent(), "an IP address");
        return literal(text).orElse(InetAddress.getLoopbackAddress());
    }

    static Optional<InetAddress> literal(String literal) {
        try {
            return Optional.of(InetAddress.ofLiteral(literal));
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    List<Integer> numbers(String name, int most, String wanted, Predicate<List<Integer>> fits) {
        var numbers = new ArrayList<Integer>();
        if (take(name, wanted) instanceof Json.Items(List<Json> items)
            && items.stream().allMatch(item -> item instanceof Json.Whole(long number) && number >= 0 && number <= most && numbers.add((int) number)) && fits.test(numbers)) return numbers;
        return wrong(name, wanted, List.of());
    }

    List<List<String>> commands(String name) {
        String wanted = "a list of lists of words";
        var commands = new ArrayList<List<String>>();
        if (take(name, wanted) instanceof Json.Items(List<Json> items) && items.stream().allMatch(item -> words(item).map(commands::add).orElse(false))) return commands;
        return wrong(name, wanted, List.of());
    }

    private static Optional<List<String>> words(Json item) {
        var words = new ArrayList<String>();
        boolean fine = item instanceof Json.Items(List<Json> items) && !items.isEmpty()
            && items.stream().allMatch(word -> word instanceof Json.Text(String text) && text.indexOf('\0') < 0 && words.add(text));
        return fine && !words.get(0).isEmpty() ? Optional.of(words) : Optional.empty();
    }

    void demand(boolean fine, String problem) {
        if (!fine) problems.add(problem);
    }

    /// Throws with everything that is wrong, unknown fields too.
    void finish() throws BadLine {
        fields.keySet().stream().filter(name -> !known.contains(name)).forEach(name -> problems.add("`" + name + "` is no field"));
        if (!problems.isEmpty()) throw new BadLine(String.join("; ", problems));
    }

    private Json take(String name, String wanted) {
        known.add(name);
        if (!fields.containsKey(name)) problems.add("`" + name + "` is missing: " + wanted);
        return fields.getOrDefault(name, new Json.Flag(false));
    }

    private <T> T wrong(String name, String wanted, T useless) {
        if (fields.containsKey(name)) problems.add("`" + name + "` is " + wanted + ", found " + shortened(fields.get(name)));
        return useless;
    }

    private static String shortened(Json value) {
        String text = value.toString();
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }

    private static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
