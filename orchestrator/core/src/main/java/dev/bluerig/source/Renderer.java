package dev.bluerig.source;

import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.interpret.UnknownTokenException;
import com.hubspot.jinjava.lib.expression.ExpressionStrategy;
import com.hubspot.jinjava.tree.output.RenderedOutputNode;
import com.hubspot.jinjava.tree.parse.ExpressionToken;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Strict Jinja for values and templates. Anything that Jinjava reports, warnings included, is `InvalidInput` with its place.
///
/// Values are `Boolean`, `Long`, `String`, `List`, `Map`; what a template prints is never looked at for templates again. Do not
/// render the result of `tree` once more. A `Secret` among the variables can be tested but not printed.
public final class Renderer {
    private static final Pattern DISABLED = Pattern.compile("^':?(\\w+)' is disabled in this context");
    private static final Pattern ARITHMETIC =
        Pattern.compile("^ArithmeticException when resolving expression \\[+ *(.*?) *]+: [A-Za-z]+: (.*)");
    private static final Pattern EMPTY = Pattern.compile("\\{\\{-?\\s*-?}}");
    private static final Pattern BLOCK_INDENTATION = Pattern.compile("^[ \t]+(?=\\{[%#])", Pattern.MULTILINE);

    private static final int MOST_READ = 256;
    private static final Map<TemplateOutput, YamlOutput> READ = new ConcurrentHashMap<>();

    private Renderer() {}

    /// A template as it was read: what a person cannot see in an editor must not be in it. Throws `InvalidInput` with the places.
    public static String checked(String file, String template) {
        var strange = CharacterCheck.invisible(file, template);
        if (!strange.isEmpty()) throw new InvalidInput(strange);
        return template;
    }

    /// Renders every scalar where it stands; field names are never rendered. One that is a lone `{{ expression }}` becomes what
    /// the expression is: a number, a boolean, a list or a mapping; any other is text.
    public static Tree scalars(Tree tree, Map<String, Object> vars) {
        if (!isTemplate(tree)) return tree;
        var problems = new ArrayList<Problem>();
        Tree rendered = scalars(tree, vars, problems);
        if (!problems.isEmpty()) throw new InvalidInput(problems);
        return rendered;
    }

    private static boolean isTemplate(Tree tree) {
        return switch (tree) {
            case Tree.Sequence sequence -> sequence.items().stream().anyMatch(Renderer::isTemplate);
            case Tree.Mapping mapping -> mapping.entries().entrySet().stream()
                .anyMatch(field -> TemplateValues.isTemplate(field.getKey()) || isTemplate(field.getValue().value()));
            case Tree.Scalar scalar -> TemplateValues.isTemplate(scalar.text());
        };
    }

    private static Tree scalars(Tree tree, Map<String, Object> vars, List<Problem> problems) {
        return switch (tree) {
            case Tree.Sequence sequence -> new Tree.Sequence(sequence.at(),
                sequence.items().stream().map(item -> scalars(item, vars, problems)).toList());
            case Tree.Mapping mapping -> {
                var entries = new LinkedHashMap<String, Tree.Entry>();
                mapping.entries().forEach((key, entry) -> {
                    if (TemplateValues.isTemplate(key))
                        problems.add(new Problem(entry.keyAt(), "a field name cannot be a template: " + key));
                    entries.put(key, new Tree.Entry(entry.keyAt(), scalars(entry.value(), vars, problems)));
                });
                yield new Tree.Mapping(mapping.at(), entries);
            }
            case Tree.Scalar scalar when !TemplateValues.isTemplate(scalar.text()) -> scalar;
            case Tree.Scalar scalar -> {
                try {
                    yield scalar(scalar, vars);
                } catch (InvalidInput wrong) {
                    problems.addAll(wrong.problems());
                    yield scalar;
                }
            }
        };
    }

    private static Tree scalar(Tree.Scalar scalar, Map<String, Object> vars) {
        var markers = ValueMarkers.notIn(scalar.text());
        String rendered = marked(new TemplateOrigin(scalar.at().file(), scalar.at()), scalar.text(), vars, markers);
        return markers.replaced(new Tree.Scalar(scalar.at(), rendered, false));
    }

    /// The content of a file.
    public static String text(String file, String template, Map<String, Object> vars) {
        var places = new TemplateOrigin(file, Location.file(file));
        return rendered(places, template, vars,
            (token, interpreter) -> new RenderedOutputNode(String.valueOf(printed(places, token, interpreter))));
    }

    /// A `*.yaml.j2`: what is printed by `{{ }}` is put into the scalars after YAML was read, so it can never become a field or an
    /// item. A scalar that is one lone `{{ }}` keeps its type, quoted or not. Nothing at all is an empty list. The tree is the very one of
    /// the rendering before when that came to the same, so that what is made of it can be shared, too.
    /// Places in the result are lines of the rendered text, and their file says so.
    public static Tree tree(String file, String template, Map<String, Object> vars) {
        var markers = ValueMarkers.notIn(template);
        String yaml = marked(new TemplateOrigin(file, Location.file(file)), template, vars, markers);
        return read(file + " (rendered)", yaml).filled(markers);
    }

    /// Values are stand-ins yet, so what a template comes to is the same text for most machines.
    private static YamlOutput read(String file, String yaml) {
        if (READ.size() >= MOST_READ) READ.clear();
        return READ.computeIfAbsent(new TemplateOutput(file, yaml), any -> new YamlOutput(Yaml.read(file, yaml)));
    }

    private record TemplateOutput(String file, String yaml) {}

    /// What a template came to, read as YAML with stand-ins for values; filled once for machines that follow one another and have the same.
    private static final class YamlOutput {
        private final Tree read;
        private volatile ValuesTree last = new ValuesTree(List.of(), new Tree.Sequence(Location.file(""), List.of()));

        private record ValuesTree(List<Object> values, Tree tree) {}

        YamlOutput(Tree read) {
            this.read = read;
        }

        Tree filled(ValueMarkers markers) {
            if (read instanceof Tree.Scalar scalar && scalar.isNull()) return new Tree.Sequence(read.at(), List.of());
            List<Object> values = markers.values();
            if (values.isEmpty()) return read;
            ValuesTree known = last;
            if (known.values.equals(values)) return known.tree;
            Tree tree = markers.replaced(read);
            if (values.stream().allMatch(YamlOutput::isPlain)) last = new ValuesTree(values, tree);
            return tree;
        }

        private static boolean isPlain(Object value) {
            return value instanceof String || value instanceof Long || value instanceof Boolean;
        }
    }

    private static String marked(TemplateOrigin places, String template, Map<String, Object> vars, ValueMarkers markers) {
        return rendered(places, template, vars,
            (token, interpreter) -> new RenderedOutputNode(markers.put(printed(places, token, interpreter))));
    }

    private static Object printed(TemplateOrigin places, ExpressionToken token, JinjavaInterpreter interpreter) {
        Object value = interpreter.resolveELExpression(token.getExpr(), token.getLineNumber());
        if (value instanceof Secret)
            throw new InvalidInput(places.at(token.getLineNumber()).at, "`" + token.getExpr().strip() + "` is a secret and is not printed");
        if (value instanceof Double number && !Double.isFinite(number))
            throw new InvalidInput(places.at(token.getLineNumber()).at, "`" + token.getExpr().strip() + "` is not a number");
        return value == null ? "" : value;
    }

    private static String rendered(TemplateOrigin places, String template, Map<String, Object> vars, ExpressionStrategy printing) {
        var interpreter = Jinja.interpreter(vars, printing);
        return guarded(template, places, interpreter,
            () -> interpreter.render(Jinja.parsed(template, interpreter, Renderer::unindented)));
    }

    /// Where Jinjava stumbles over `{{}}` before it reads anything.
    private static Optional<Location> empty(TemplateOrigin places, String template) {
        var empty = EMPTY.matcher(template);
        return empty.find()
            ? Optional.of(places.at(1 + (int) template.substring(0, empty.start()).chars().filter(c -> c == '\n').count()).at)
            : Optional.empty();
    }

    /// Spaces before a `{% %}` that begins its line are not output, as with Jinja's `lstrip_blocks` (Jinjava's strips elsewhere, too).
    private static String unindented(String template) {
        return template.contains("{% raw") || template.contains("{%- raw") ? template : BLOCK_INDENTATION.matcher(template).replaceAll("");
    }

    private static String guarded(String template, TemplateOrigin places, StrictInterpreter interpreter, Supplier<String> work) {
        String result;
        try {
            result = work.get();
        } catch (InterpretException wrong) {
            if (!(wrong instanceof StrictInterpreter.Undefined) && !interpreter.getErrorsCopy().isEmpty())
                throw new InvalidInput(problems(places, interpreter.getErrorsCopy()));
            String message = wrong instanceof UnknownTokenException unknown ? "`" + unknown.getToken() + "` has no value"
                : said(wrong.getMessage());
            throw new InvalidInput(places.at(wrong.getLineNumber()).at, message);
        } catch (StackOverflowError deep) {
            throw new InvalidInput(places.at, "the template is nested too deeply");
        } catch (InvalidInput ours) {
            throw ours;
        } catch (IndexOutOfBoundsException nothing) {
            Optional<Location> empty = empty(places, template);
            throw new InvalidInput(empty.orElse(places.at(interpreter.getLineNumber()).at), empty.isPresent()
                ? "an expression is missing between {{ and }}" : "the template failed");
        } catch (RuntimeException strange) {
            throw new InvalidInput(places.at(interpreter.getLineNumber()).at,
                "the template failed: " + said(String.valueOf(strange.getMessage())));
        }
        List<TemplateError> errors = interpreter.getErrorsCopy();
        if (!errors.isEmpty()) throw new InvalidInput(problems(places, errors));
        return result;
    }

    private static List<Problem> problems(TemplateOrigin places, List<TemplateError> errors) {
        return errors.stream().map(error -> new Problem(places.at(error.getLineno()).at, said(cause(error).orElse(error.getMessage()))))
            .distinct().toList();
    }

    /// What a filter or function of ours refused, which Jinjava hides behind its own words.
    private static Optional<String> cause(TemplateError error) {
        Optional<String> said = Optional.empty();
        for (Throwable cause = error.getException(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException) said = Optional.ofNullable(cause.getMessage());
        }
        return said;
    }

    private static String said(String message) {
        var disabled = DISABLED.matcher(message);
        if (disabled.find()) return "`" + disabled.group(1) + "` is not allowed in a template";
        var arithmetic = ARITHMETIC.matcher(message);
        if (arithmetic.find()) return "`" + arithmetic.group(1) + "`: " + arithmetic.group(2);
        return message.replaceFirst("^([a-z]+\\.)*[A-Za-z]+Exception: ", "").lines().findFirst().orElse("the template failed");
    }

    /// Where line N of a template is: in a file of its own, or in the scalar that holds it.
    private record TemplateOrigin(String file, Location at) {
        TemplateOrigin at(int line) {
            return at.line() > 0 || line <= 0 ? this : new TemplateOrigin(file, new Location(file, line, 1));
        }
    }
}
