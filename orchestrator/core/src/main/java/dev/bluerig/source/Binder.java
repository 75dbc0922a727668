package dev.bluerig.source;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// From tree to record and back: playbooks, inventory, plan, journal and test cases all pass here.
///
/// A record binds from a mapping by component name (`tlsTx` is `tls_tx`); a record with one `String` component that carries no
/// `@Described` is a value and binds from a scalar; an `@Items` record binds from a list or its only item. Components may be
/// `String`, `int`, `long`, `double`, `boolean`, enums (`any-name` or `any_name`), `Duration` (`30s`), `Instant`, `Secret`, `Tree` (as it
/// stands), `Object` (as variables are), records, and `Optional`, `List`, `Set`, `Map<String, T>` of these. What a record's
/// constructor refuses by `IllegalArgumentException` is a problem at the place of the record.
public final class Binder {
    private Binder() {}

    /// What a boolean may be written as.
    public enum Booleans {
        /// `true` and `false`.
        STRICT,
        /// Also unquoted `on`, `off`, `yes`, `no`: for tasks, where a boolean is a switch.
        SWITCHES
    }

    /// Throws `InvalidInput` with every problem.
    public static <T> T bind(Class<T> type, Tree tree) {
        return bind(type, tree, Booleans.STRICT);
    }

    public static <T> T bind(Class<T> type, Tree tree, Booleans booleans) {
        var problems = new ArrayList<Problem>();
        var bound = new Binding(booleans, false, problems).bind(type, tree, "the " + YamlNames.words(type));
        if (!problems.isEmpty()) throw new InvalidInput(problems);
        return YamlNames.boxed(type).cast(bound.orElseThrow());
    }

    /// As `bind`, but fields that a record does not have are passed over: for what another program, perhaps a newer one, prints.
    public static <T> T bindKnown(Class<T> type, Tree tree) {
        var problems = new ArrayList<Problem>();
        var bound = new Binding(Booleans.STRICT, false, true, problems).bind(type, tree, "the " + YamlNames.words(type));
        if (!problems.isEmpty()) throw new InvalidInput(problems);
        return YamlNames.boxed(type).cast(bound.orElseThrow());
    }

    /// Structure and literal scalars, before templates are rendered: a scalar that holds `{{`, `{%` or `{#` passes.
    public static List<Problem> check(Class<?> type, Tree tree) {
        return check(type, tree, Booleans.STRICT);
    }

    public static List<Problem> check(Class<?> type, Tree tree, Booleans booleans) {
        var problems = new ArrayList<Problem>();
        new Binding(booleans, true, problems).bind(type, tree, "the " + YamlNames.words(type));
        return List.copyOf(problems);
    }

    /// The tree that `bind` reads back as an equal value, except secrets, which become `***`.
    public static Tree unbind(Object value) {
        return TreeWriter.tree(value);
    }

    /// The same, `said` applied to every text that may be a machine's: none that is `@TrustedText`, and no key, number, time or constant.
    public static Tree unbind(Object value, UnaryOperator<String> said) {
        return new TreeWriter(said).of(value);
    }

    /// What `explain` prints of a record: fields, types, defaults, examples.
    public static Description describe(Class<?> type) {
        return Description.of(type);
    }
}
