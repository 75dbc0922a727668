package dev.bluerig.source;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One text as the type that a field has. Throws `IllegalArgumentException` saying what was wanted.
final class Scalars {
    /// `007` and longer than a long are text.
    static final Pattern WHOLE = Pattern.compile("0|-?[1-9][0-9]{0,17}");
    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d)");
    private static final Map<String, Boolean> SWITCH = Map.of("on", true, "yes", true, "off", false, "no", false);
    private static final Set<Class<?>> TYPES = Set.of(String.class, int.class, Integer.class, long.class, Long.class, double.class,
        Double.class, boolean.class, Boolean.class, Duration.class, Instant.class, Secret.class);

    private Scalars() {}

    static boolean isScalar(Class<?> type) {
        return TYPES.contains(type) || type.isEnum() || YamlNames.isValue(type);
    }

    static Object of(Class<?> type, Tree.Scalar scalar, Binder.Booleans booleans) {
        if (type == String.class) return scalar.text();
        if (type == Secret.class) return new Secret(scalar.text());
        if (type == boolean.class || type == Boolean.class) return bool(scalar, booleans);
        if (type == int.class || type == Integer.class) return integer(scalar);
        if (type == long.class || type == Long.class) return whole(scalar);
        if (type == double.class || type == Double.class) return decimal(scalar);
        if (type == Duration.class) return duration(scalar.text());
        if (type == Instant.class) return instant(scalar.text());
        if (type.isEnum()) return constant(type, scalar.text());
        throw new IllegalStateException("not a scalar type: " + type);
    }

    /// In words for people, after "must be".
    static String words(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) return "true or false";
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) return "a whole number";
        if (type == double.class || type == Double.class) return "a number";
        if (type == Duration.class) return "a duration such as 30s, 5m or 2h";
        if (type == Instant.class) return "a time such as 2026-01-31T12:00:00Z";
        if (type.isEnum()) return "one of " + String.join(", ", YamlNames.constants(type));
        if (type == String.class || type == Secret.class) return "text";
        return "a " + YamlNames.words(type);
    }

    /// How a value looks in an error: quotes show that it is text.
    static String shown(Tree.Scalar scalar) {
        String text = scalar.text().length() > 60 ? scalar.text().substring(0, 57) + "..." : scalar.text();
        return scalar.plain() ? "`" + text + "`" : "the text \"" + text.replace("\n", "\\n") + "\"";
    }

    private static Object bool(Tree.Scalar scalar, Binder.Booleans booleans) {
        if (scalar.plain() && scalar.text().equals("true")) return true;
        if (scalar.plain() && scalar.text().equals("false")) return false;
        Optional<Boolean> word = scalar.plain() ? Optional.ofNullable(SWITCH.get(scalar.text().toLowerCase(Locale.ROOT)))
            : Optional.empty();
        return switch (booleans) {
            case SWITCHES -> word.orElseThrow(() -> wrong(Boolean.class, scalar));
            case STRICT -> throw wrong(Boolean.class, scalar, word.map(meant -> "; write " + meant).orElse(""));
        };
    }

    private static long whole(Tree.Scalar scalar) {
        if (!WHOLE.matcher(scalar.text()).matches()) throw wrong(long.class, scalar);
        if (!scalar.plain()) throw wrong(long.class, scalar, "; remove the quotes");
        return Long.parseLong(scalar.text());
    }

    private static int integer(Tree.Scalar scalar) {
        long whole = whole(scalar);
        if (whole != (int) whole) throw wrong(int.class, scalar, "; it is too large");
        return (int) whole;
    }

    private static double decimal(Tree.Scalar scalar) {
        if (!DECIMAL.matcher(scalar.text()).matches()) throw wrong(double.class, scalar);
        return Double.parseDouble(scalar.text());
    }

    static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) throw new IllegalArgumentException("must be " + words(Duration.class) + ", found `" + text + "`");
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    /// The largest unit that says it exactly.
    static String written(Duration duration) {
        if (duration.isNegative() || duration.getNano() % 1_000_000 != 0)
            throw new IllegalArgumentException("a duration is written in whole milliseconds: " + duration);
        if (duration.getNano() != 0) return duration.toMillis() + "ms";
        long seconds = duration.toSeconds();
        if (seconds == 0 || seconds % 60 != 0) return seconds + "s";
        if (seconds % 3600 != 0) return seconds / 60 + "m";
        return seconds % 86400 != 0 ? seconds / 3600 + "h" : seconds / 86400 + "d";
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException notATime) {
            throw new IllegalArgumentException("must be " + words(Instant.class) + ", found `" + text + "`", notATime);
        }
    }

    private static Object constant(Class<?> type, String text) {
        for (Object constant : type.getEnumConstants()) {
            if (YamlNames.kebab((Enum<?>) constant).equals(text.replace('_', '-'))) return constant;
        }
        String near = NearestName.to(text, YamlNames.constants(type)).map(name -> "; did you mean `" + name + "`?").orElse("");
        throw new IllegalArgumentException("must be " + words(type) + ", found `" + text + "`" + near);
    }

    private static IllegalArgumentException wrong(Class<?> type, Tree.Scalar scalar) {
        return wrong(type, scalar, "");
    }

    private static IllegalArgumentException wrong(Class<?> type, Tree.Scalar scalar, String next) {
        return new IllegalArgumentException("must be " + words(type) + ", found " + shown(scalar) + next);
    }
}
