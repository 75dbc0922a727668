package dev.bluerig.fact;

import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Json;
import dev.bluerig.source.Tree;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/// JSON that a tool printed, read leniently by field: a field that is absent, null or of another shape is absent.
public final class ToolJson {
    /// iproute2 before 5.0 forgot the name of a route's type: `{"local","dst":"127.0.0.1",...}`. No JSON has an object that begins so.
    private static final Pattern BARE_TYPE = Pattern.compile("\\{\"([a-z]{1,20})\",");

    /// Of what surely fits an `int`.
    private static final int MOST_DIGITS = 9;

    private ToolJson() {}

    /// The objects of an array; text that is no JSON array throws `IllegalArgumentException`, as parsers of facts do.
    public static List<Tree.Mapping> objects(String tool, String text) {
        try {
            return Json.readPrinted(tool, BARE_TYPE.matcher(text).replaceAll("{\"type\":\"$1\",")) instanceof Tree.Sequence array
                ? mappings(array) : strange(tool + " did not print a JSON array");
        } catch (InvalidInput notJson) {
            return strange(notJson.getMessage() + (tool.startsWith("ip ") ? ToolReplies.OLD_IP : ""));
        }
    }

    /// The one object that a tool printed; anything else is absent.
    public static Optional<Tree.Mapping> object(String tool, String text) {
        try {
            return Json.readPrinted(tool, text) instanceof Tree.Mapping object ? Optional.of(object) : Optional.empty();
        } catch (InvalidInput notJson) {
            return Optional.empty();
        }
    }

    private static List<Tree.Mapping> strange(String message) {
        throw new IllegalArgumentException(message);
    }

    private static List<Tree.Mapping> mappings(Tree.Sequence array) {
        return array.items().stream().filter(Tree.Mapping.class::isInstance).map(Tree.Mapping.class::cast).toList();
    }

    public static Optional<String> text(Tree.Mapping object, String field) {
        return object.get(field).filter(Tree.Scalar.class::isInstance).map(Tree.Scalar.class::cast)
            .filter(scalar -> !scalar.isNull()).map(Tree.Scalar::text);
    }

    public static Optional<Integer> number(Tree.Mapping object, String field) {
        return text(object, field).filter(digits -> digits.length() <= MOST_DIGITS)
            .map(Numerals::count).filter(OptionalLong::isPresent).map(number -> (int) number.getAsLong());
    }

    public static boolean yes(Tree.Mapping object, String field) {
        return text(object, field).filter("true"::equals).isPresent();
    }

    public static Optional<Tree.Mapping> object(Tree.Mapping object, String field) {
        return object.get(field).filter(Tree.Mapping.class::isInstance).map(Tree.Mapping.class::cast);
    }

    public static List<Tree.Mapping> objects(Tree.Mapping object, String field) {
        return object.get(field).filter(Tree.Sequence.class::isInstance).map(list -> mappings((Tree.Sequence) list)).orElse(List.of());
    }

    public static List<String> texts(Tree.Mapping object, String field) {
        return object.get(field).filter(Tree.Sequence.class::isInstance).map(Tree.Sequence.class::cast).stream()
            .flatMap(list -> list.items().stream()).filter(Tree.Scalar.class::isInstance).map(item -> ((Tree.Scalar) item).text()).toList();
    }
}
