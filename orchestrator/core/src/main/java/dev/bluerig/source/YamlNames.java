package dev.bluerig.source;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// How Java names are written in YAML.
public final class YamlNames {
    private static final ClassValue<Boolean> VALUES = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            if (!type.isRecord()) return false;
            RecordComponent[] components = type.getRecordComponents();
            return components.length == 1 && components[0].getType() == String.class
                && !components[0].isAnnotationPresent(Described.class);
        }
    };

    private YamlNames() {}

    /// `dpuMtu` is `dpu_mtu`.
    static String snake(String camel) {
        var snake = new StringBuilder(camel.length() + 4);
        char before = 0;
        for (int i = 0; i < camel.length(); i++) {
            char c = camel.charAt(i);
            if (c >= 'A' && c <= 'Z' && (before >= 'a' && before <= 'z' || before >= '0' && before <= '9')) snake.append('_');
            snake.append(c);
            before = c;
        }
        return snake.toString().toLowerCase(Locale.ROOT);
    }

    /// `ANY_NAME` is `any-name`, unless the constant says otherwise.
    public static String kebab(Enum<?> constant) {
        return constant.toString().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// `LINE_RATE` is the field `line_rate`.
    public static String field(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static List<String> constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(constant -> kebab((Enum<?>) constant)).toList();
    }

    /// `OvsBridgeTask` is "ovs bridges".
    static String words(Class<?> type) {
        return snake(type.getSimpleName()).replace('_', ' ');
    }

    /// A record that stands for one checked text.
    static boolean isValue(Class<?> type) {
        return VALUES.get(type);
    }

    static Class<?> raw(java.lang.reflect.Type type) {
        return switch (type) {
            case Class<?> simple -> simple;
            case java.lang.reflect.ParameterizedType generic -> (Class<?>) generic.getRawType();
            default -> throw new IllegalStateException("not a type that can be bound: " + type);
        };
    }

    static java.lang.reflect.Type argument(java.lang.reflect.Type type, int index) {
        return ((java.lang.reflect.ParameterizedType) type).getActualTypeArguments()[index];
    }

    /// The class whose `cast` takes the boxed value.
    @SuppressWarnings("unchecked")
    static <T> Class<T> boxed(Class<T> type) {
        return (Class<T>) java.lang.invoke.MethodType.methodType(type).wrap().returnType();
    }
}
