package dev.bluerig.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Takes the fields of one object one after the other and gathers everything that is wrong with them. What it returns for a wrong field is
/// of no use: ask `finish` first.
final class FieldReader {
    static final String PIN_WANTED = "64 lower-case hex digits";
    private static final Predicate<String> PIN = Pattern.compile("[0-9a-f]{64}").asMatchPredicate();
    private static final AddressLiteral USELESS = new AddressLiteral("127.0.0.1");

    private final Map<String, JsonValue> fields;
    private final Set<String> known = new HashSet<>();
    private final List<String> problems;

    FieldReader(JsonValue.Fields object) {
        this(object, new ArrayList<>());
    }

    private FieldReader(JsonValue.Fields object, List<String> problems) {
        fields = object.fields();
        this.problems = problems;
    }

    String text(String name) {
        return text(name, text -> true, "a text");
    }

    String text(String name, Predicate<String> fits, String wanted) {
        if (take(name, wanted) instanceof JsonValue.Text(String text) && fits.test(text)) return text;
        return wrong(name, wanted, "");
    }

    /// Empty when the field is absent or an empty text.
    Optional<String> perhaps(String name, Predicate<String> fits, String wanted) {
        return absent(name) ? Optional.empty() : Optional.of(text(name, fits, wanted));
    }

    private boolean absent(String name) {
        known.add(name);
        return !fields.containsKey(name) || fields.get(name).equals(new JsonValue.Text(""));
    }

    /// Empty text when it is absent.
    String optional(String name) {
        return perhaps(name, text -> true, "a text").orElse("");
    }

    /// From 0 on.
    int count(String name) {
        return (int) whole(name, 0, Integer.MAX_VALUE, "a whole number, 0 or more");
    }

    /// The SHA-256 of a certificate.
    String pin(String name) {
        return text(name, PIN, PIN_WANTED);
    }

    Optional<String> perhapsPin(String name) {
        return perhaps(name, PIN, PIN_WANTED);
    }

    long whole(String name, long least) {
        return whole(name, least, Long.MAX_VALUE, least == Long.MIN_VALUE ? "a whole number" : "a whole number, " + least + " or more");
    }

    long whole(String name, long least, long most) {
        return whole(name, least, most, "a whole number from " + least + " to " + most);
    }

    private long whole(String name, long least, long most, String wanted) {
        if (take(name, wanted) instanceof JsonValue.Whole(long number) && number >= least && number <= most) return number;
        return wrong(name, wanted, least);
    }

    long whole(String name, long least, long most, long absent) {
        known.add(name);
        return fields.containsKey(name) ? whole(name, least, most) : absent;
    }

    /// A number, 0 or more.
    double real(String name) {
        String wanted = "a number, 0 or more";
        return real(take(name, wanted)).orElseGet(() -> wrong(name, wanted, 0.0));
    }

    private static Optional<Double> real(JsonValue value) {
        return switch (value) {
            case JsonValue.Whole(long number) when number >= 0 -> Optional.of((double) number);
            case JsonValue.Real(double number) when number >= 0 -> Optional.of(number);
            case JsonValue.Whole _, JsonValue.Real _ -> Optional.empty();
            case JsonValue.Flag _, JsonValue.Text _, JsonValue.Items _, JsonValue.Fields _ -> Optional.empty();
        };
    }

    boolean flag(String name) {
        return take(name, "true or false") instanceof JsonValue.Flag(boolean flag) ? flag : wrong(name, "true or false", false);
    }

    /// The constant that the field names.
    <E extends Enum<E>> E word(String name, Class<E> family) {
        List<String> words = Arrays.stream(family.getEnumConstants()).map(JsonValue::word).toList();
        String found = text(name, words::contains, String.join(" or ", words));
        return family.getEnumConstants()[Math.max(0, words.indexOf(found))];
    }

    /// `absent` when the field is absent or an empty text.
    <E extends Enum<E>> E word(String name, Class<E> family, E absent) {
        return absent(name) ? absent : word(name, family);
    }

    AddressLiteral address(String name) {
        String text = text(name, AddressLiteral::fits, "an IP address");
        return text.isEmpty() ? USELESS : new AddressLiteral(text);
    }

    /// Empty when the field is absent or an empty text.
    Optional<AddressLiteral> perhapsAddress(String name) {
        return perhaps(name, AddressLiteral::fits, "an IP address").filter(text -> !text.isEmpty()).map(AddressLiteral::new);
    }

    List<Integer> numbers(String name, int most, String wanted, Predicate<List<Integer>> fits) {
        return taken(name, wanted, item -> whole(item).filter(number -> number <= most).map(Long::intValue)).filter(fits)
            .orElseGet(() -> wrong(name, wanted, List.of()));
    }

    private static Optional<Long> whole(JsonValue value) {
        return value instanceof JsonValue.Whole(long number) && number >= 0 ? Optional.of(number) : Optional.empty();
    }

    /// Each 0 or more.
    List<Long> wholes(String name) {
        return items(name, "a list of whole numbers, 0 or more", FieldReader::whole);
    }

    /// Each 0 or more.
    List<Double> reals(String name) {
        return items(name, "a list of numbers, 0 or more", FieldReader::real);
    }

    List<List<String>> commands(String name) {
        return items(name, "a list of lists of words", FieldReader::words);
    }

    private static Optional<List<String>> words(JsonValue item) {
        var words = new ArrayList<String>();
        boolean fine = item instanceof JsonValue.Items(List<JsonValue> items) && !items.isEmpty()
            && items.stream().allMatch(word -> word instanceof JsonValue.Text(String text) && text.indexOf('\0') < 0 && words.add(text));
        return fine && !words.get(0).isEmpty() ? Optional.of(words) : Optional.empty();
    }

    private <T> List<T> items(String name, String wanted, Function<JsonValue, Optional<T>> each) {
        return taken(name, wanted, each).orElseGet(() -> wrong(name, wanted, List.of()));
    }

    private <T> Optional<List<T>> taken(String name, String wanted, Function<JsonValue, Optional<T>> each) {
        var taken = new ArrayList<T>();
        boolean fine = take(name, wanted) instanceof JsonValue.Items(List<JsonValue> items)
            && items.stream().allMatch(item -> each.apply(item).map(taken::add).orElse(false));
        return fine ? Optional.of(taken) : Optional.empty();
    }

    /// The object's own fields; what is wrong with them is told by this reader.
    FieldReader object(String name) {
        if (take(name, "an object") instanceof JsonValue.Fields object) return new FieldReader(object, problems);
        return new FieldReader(wrong(name, "an object", JsonValue.fields()), new ArrayList<>());
    }

    /// The same of every object of a list.
    <T> List<T> objects(String name, Function<FieldReader, T> each) {
        return items(name, "a list of objects", item -> item instanceof JsonValue.Fields object
            ? Optional.of(each.apply(new FieldReader(object, problems))) : Optional.empty());
    }

    void demand(boolean fine, String problem) {
        if (!fine) problems.add(problem);
    }

    /// Throws with everything that is wrong, unknown fields too.
    void finish() throws MalformedLine {
        fields.keySet().stream().filter(name -> !known.contains(name)).forEach(name -> problems.add("`" + name + "` is no field"));
        finishKnown();
    }

    /// The same, but fields that nobody asked for are passed over.
    void finishKnown() throws MalformedLine {
        if (!problems.isEmpty()) throw new MalformedLine(String.join("; ", problems));
    }

    private JsonValue take(String name, String wanted) {
        known.add(name);
        if (!fields.containsKey(name)) problems.add("`" + name + "` is missing: " + wanted);
        return fields.getOrDefault(name, new JsonValue.Flag(false));
    }

    private <T> T wrong(String name, String wanted, T useless) {
        if (fields.containsKey(name)) problems.add("`" + name + "` is " + wanted + ", found " + shortened(fields.get(name)));
        return useless;
    }

    private static String shortened(JsonValue value) {
        String text = value.toString();
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }
}
