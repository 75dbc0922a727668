package dev.bluerig.source;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.UnknownTokenException;
import com.hubspot.jinjava.lib.expression.ExpressionStrategy;
import com.hubspot.jinjava.util.ForLoop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Fails on any name or field that is not there, also inside a larger expression, where Jinjava would go on with nothing.
///
/// An expression that asks for it (`| default(...)`, `is defined`) may miss.
final class StrictInterpreter extends JinjavaInterpreter {
    private static final Pattern ASKED = Pattern.compile("\\|\\s*(default|d)\\b|\\bis\\s+(not\\s+)?(defined|undefined|none)\\b");

    private static final Pattern LITERAL = Pattern.compile("'(\\\\.|[^'\\\\])*'|\"(\\\\.|[^\"\\\\])*\"");
    /// Jinjava's own names, and how it calls its filters and tests.
    private static final Pattern INTERNAL = Pattern.compile("\\b(__\\w+|(?:filter|exptest):\\w+)");
    private static final Pattern FILTER = Pattern.compile("\\|\\s*([A-Za-z_][A-Za-z0-9_]*)");

    private static final Pattern BARE_LOOP = Pattern.compile("(?<![.\\w])loop\\b(?!\\s*[.\\[\\w])");

    /// The first thing to say, whatever else went wrong because of it.
    static final class Undefined extends InterpretException {
        private static final long serialVersionUID = 1;

        private Undefined(String message, int line, int position) {
            super(message, line, position);
        }
    }

    private record UndefinedName(String name, String message) {}

    private static final int LONGEST = 2000;
    private static final int DEEPEST = 8;
    private static final int MOST = 100_000;
    private static final long WORK = 16L << 20;

    /// A parsed template keeps the strategy that it was parsed with, and is rendered by many interpreters.
    private static final ExpressionStrategy BY_INTERPRETER = (token, interpreter) ->
        ((StrictInterpreter) interpreter).printing.interpretOutput(token, interpreter);

    private final Deque<List<UndefinedName>> misses = new ArrayDeque<>();
    private int evaluated;
    private long worked;

    private final ExpressionStrategy printing;

    StrictInterpreter(Jinjava engine, Context context, JinjavaConfig config, ExpressionStrategy printing) {
        super(engine, context, config);
        this.printing = printing;
        context.setExpressionStrategy(BY_INTERPRETER);
    }

    @Override
    public Object resolveELExpression(String expression, int line) {
        return strict(expression, line, () -> super.resolveELExpression(expression, line));
    }

    @Override
    public Object resolveELExpression(String expression, int line, int position) {
        return strict(expression, line, () -> super.resolveELExpression(expression, line, position));
    }

    private Object strict(String expression, int line, Supplier<Object> resolve) {
        if (++evaluated > MOST)
            throw new InterpretException("more than " + MOST + " expressions are evaluated; the template does not end", line,
                getPosition());
        simple(expression, line);
        names(expression, line);
        misses.push(new ArrayList<>());
        Optional<Object> value = Optional.empty();
        List<UndefinedName> missed;
        try {
            value = Optional.ofNullable(resolve.get());
        } catch (UnknownTokenException nothing) {
            if (misses.peek().isEmpty()) throw nothing;
        } finally {
            missed = misses.pop();
        }
        if (!missed.isEmpty() && (value.isEmpty() || !ASKED.matcher(expression).find()))
            throw new Undefined(missed.getFirst().message, line, getPosition());
        return value.orElse(null);
    }

    /// Jinjava's parser takes exponentially long over nested brackets.
    private void simple(String expression, int line) {
        if (expression.length() > LONGEST)
            throw new InterpretException("an expression is longer than " + LONGEST + " characters", line, getPosition());
        int depth = 0;
        for (char c : expression.toCharArray()) {
            if (c == '(' || c == '[' || c == '{') depth++;
            if (c == ')' || c == ']' || c == '}') depth--;
            if (depth > DEEPEST) throw new InterpretException("brackets are nested deeper than " + DEEPEST, line, getPosition());
        }
    }

    /// Of texts and lists that filters were given and may yield.
    void works(long characters) {
        worked += characters;
        if (worked > WORK) throw new IllegalArgumentException("filters work on more than " + WORK + " characters");
    }

    /// Jinjava takes an unknown filter for one that gives nothing, and lets anybody call itself. Most expressions are names: what cannot
    /// match is not searched.
    private void names(String expression, int line) {
        boolean quotes = expression.indexOf('\'') >= 0 || expression.indexOf('"') >= 0;
        String code = quotes ? LITERAL.matcher(expression).replaceAll("''") : expression;
        if (code.isBlank()) throw new InterpretException("an expression is missing between {{ and }}", line, getPosition());
        if (code.contains("__") || code.indexOf(':') >= 0) {
            var internal = INTERNAL.matcher(code);
            if (internal.find())
                throw new InterpretException("`" + internal.group() + "` is not allowed in a template", line, getPosition());
        }
        if (code.contains("loop") && BARE_LOOP.matcher(code).find() && getContext().get("loop") instanceof ForLoop)
            throw new InterpretException("`loop` alone is no value; say which of its fields: loop.index", line, getPosition());
        if (code.indexOf('|') < 0) return;
        var filter = FILTER.matcher(code);
        while (filter.find()) {
            String name = filter.group(1);
            if (!Jinja.FILTERS.contains(name))
                throw new InterpretException("filter `" + name + "` is not allowed in a template" + near(name, Jinja.FILTERS), line,
                    getPosition());
        }
    }

    @Override
    public Object retraceVariable(String variable, int line, int position) {
        Object value = super.retraceVariable(variable, line, position);
        if (value == null) note(variable, "`" + variable + "` is not defined" + near(variable, names()));
        return value;
    }

    void missed(Object base, String property) {
        note(property, base instanceof Map<?, ?> map
            ? "there is no `" + property + "` here" + NearestName.hint(property, map.keySet().stream().map(String::valueOf).toList())
            : "the list has no item " + property);
    }

    /// What was looked up as a field before it turned out to be called.
    void wasMethod(String name) {
        if (misses.isEmpty() || misses.peek().isEmpty()) return;
        if (misses.peek().getLast().name.equals(name)) misses.peek().removeLast();
    }

    private void note(String name, String message) {
        if (!misses.isEmpty()) misses.peek().add(new UndefinedName(name, message));
    }

    private Collection<String> names() {
        return getContext().getCombinedScope().keySet();
    }

    private static String near(String name, Collection<String> known) {
        return NearestName.to(name, known).map(near -> "; did you mean `" + near + "`?").orElse("");
    }
}
