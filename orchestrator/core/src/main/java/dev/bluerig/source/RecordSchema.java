package dev.bluerig.source;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What binding needs to know of a record class, looked up once.
record RecordSchema(Constructor<?> constructor, List<Component> components, List<String> names) {
    private static final ClassValue<RecordSchema> SHAPES = new ClassValue<>() {
        @Override
        protected RecordSchema computeValue(Class<?> type) {
            return read(type);
        }
    };

    /// `absent`: the YAML that an absent field stands for, when it is not mandatory and not simply nothing.
    record Component(String name, Type type, Class<?> raw, Optional<Described> described, Optional<String> absent,
        Optional<Tree> standing) {}

    static RecordSchema of(Class<?> type) {
        return SHAPES.get(type);
    }

    private static RecordSchema read(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(Arrays.stream(components).map(RecordComponent::getType)
                .toArray(Class[]::new));
            constructor.setAccessible(true);
            List<Component> all = Arrays.stream(components).map(RecordSchema::component).toList();
            return new RecordSchema(constructor, all, all.stream().map(Component::name).toList());
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException("no canonical constructor: " + type, impossible);
        }
    }

    private static Component component(RecordComponent component) {
        Optional<Described> described = Optional.ofNullable(component.getAnnotation(Described.class));
        Optional<String> absent = described.map(Described::absent).filter(text -> !text.equals(Described.MANDATORY));
        return new Component(YamlNames.snake(component.getName()), component.getGenericType(), component.getType(), described, absent,
            absent.map(text -> Yaml.read("absent " + component.getName(), text)));
    }

    /// Through the canonical constructor. Throws the `IllegalArgumentException` with which it refuses.
    Object made(Object[] values) {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof IllegalArgumentException wrong) throw wrong;
            throw new IllegalStateException("making " + constructor.getDeclaringClass().getSimpleName() + " failed", refused.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("cannot make " + constructor.getDeclaringClass(), impossible);
        }
    }
}
