package dev.bluerig.source;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.Context.Library;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.lib.expression.ExpressionStrategy;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import com.hubspot.jinjava.tree.Node;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import jinjava.javax.el.ExpressionFactory;

/// Jinjava as we let it be: names that are not defined fail, results are never templates again, and only listed words work.
final class Jinja {
    static final int OUTPUT = 4 << 20;
    static final int RANGE = 4096;
    private static final int DEPTH = 10;
    private static final int COLLECTION = 200_000;

    static final Set<String> TAGS = Set.of("if", "elif", "else", "endif", "for", "endfor", "set", "endset", "raw", "endraw");
    static final Set<String> FILTERS = Set.of("abs", "capitalize", "count", "default", "d", "dictsort", "difference", "first", "format",
        "groupby", "int", "intersect", "ipaddr", "join", "last", "length", "list", "lower", "map", "max", "min", "regex_replace", "reject",
        "rejectattr", "replace", "reverse", "round", "select", "selectattr", "sort", "split", "string", "sum", "title", "trim", "union",
        "unique", "upper", "indent", "tojson");
    static final Set<String> FUNCTIONS = Set.of("range");

    /// Everything that a plain Jinjava knows and we did not list. Written down, because asking one for it costs as much as all that a
    /// small playbook renders; `JinjaTest` asks.
    static final Map<Library, Set<String>> DISABLED = new EnumMap<>(Map.of(
        Library.TAG, Set.of(
        "autoescape", "block", "break", "call", "continue", "cycle", "do", "endautoescape", "endblock", "endcall", "enddo",
        "endifchanged", "endmacro", "endunless", "extends", "from", "ifchanged", "import", "include", "macro", "print", "unless"),
        Library.FILTER, Set.of(
        "add", "allow_snake_case", "attr", "b64decode", "b64encode", "batch", "between_times", "bool", "center", "cut", "date",
        "datetimeformat", "divide", "divisible", "e", "escape", "escape_jinjava", "escapejs", "escapejson", "filesizeformat", "float",
        "forceescape", "format_date", "format_datetime", "format_number", "format_time", "fromjson", "fromyaml", "ipv4", "ipv6", "log",
        "md5", "minus_time", "multiply", "plus_time", "pprint", "random", "render", "root", "safe", "shuffle", "slice", "striptags",
        "strtodate", "strtotime", "symmetric_difference", "toyaml", "truncate", "truncatehtml", "unescape_html", "unixtimestamp",
        "urldecode", "urlencode", "urlize", "wordcount", "wordwrap", "xmlattr"),
        Library.FUNCTION, Set.of(
        ":datetimeformat", ":format_date", ":format_datetime", ":format_time", ":namespace", ":strtodate", ":strtotime", ":super",
        ":today", ":truncate", ":type", ":unixtimestamp", "fn:immutable_list", "fn:list", "fn:map_entry")));

    private static final Jinjava ENGINE = engine();

    private Jinja() {}

    private static final class Exact extends Jinjava {
        private static final ExpressionFactory NUMBERS = ExactArithmetic.factory();

        private Context settled;

        Exact(JinjavaConfig config) {
            super(config);
        }

        /// Nothing is registered any more.
        void settle() {
            settled = new FunctionsContext(super.getGlobalContext());
        }

        @Override
        public Context getGlobalContext() {
            return settled == null ? super.getGlobalContext() : settled;
        }

        @Override
        public ExpressionFactory getExpressionFactory() {
            return NUMBERS;
        }
    }

    /// Each interpreter asks for all functions, and they are always the same. Without those that are disabled, which Jinjava forgets inside
    /// of a loop.
    private static final class FunctionsContext extends Context {
        private final Collection<ELFunctionDefinition> functions;

        FunctionsContext(Context whole) {
            super(whole);
            this.functions = whole.getAllFunctions().stream()
                .filter(function -> !DISABLED.get(Library.FUNCTION).contains(function.getName())).toList();
        }

        @Override
        public Collection<ELFunctionDefinition> getAllFunctions() {
            return functions;
        }
    }

    /// What one thread renders with, many times over: making it costs more than most renderings. `base`: every word, and what is disabled;
    /// `parsed`: templates, by their text.
    private record ParsedTemplates(Context base, Map<String, Node> parsed) {}

    private static final int MOST_PARSED = 256;
    private static final ThreadLocal<ParsedTemplates> OF_THREAD = ThreadLocal.withInitial(
        () -> new ParsedTemplates(new Context(ENGINE.getGlobalContextCopy(), Map.of(), DISABLED), new HashMap<>()));

    /// For the variables of a rendering: a function is looked up there alone, every other word in the base.
    private static final Map<Library, Set<String>> NO_FUNCTIONS = Map.of(Library.FUNCTION, DISABLED.get(Library.FUNCTION));

    /// A fresh interpreter for one rendering. `printing`: what becomes of `{{ }}`.
    static StrictInterpreter interpreter(Map<String, Object> vars, ExpressionStrategy printing) {
        Context base = OF_THREAD.get().base;
        base.reset();                                   // what the rendering before told its parents
        base.getParent().reset();
        return new StrictInterpreter(ENGINE, new Context(base, vars, NO_FUNCTIONS), ENGINE.getGlobalConfig(), printing);
    }

    /// Most templates are rendered for many machines. `cleaned`: as it is parsed; one with errors is parsed each time, so that they are
    /// told each time.
    static Node parsed(String template, StrictInterpreter interpreter, UnaryOperator<String> cleaned) {
        Map<String, Node> parsed = OF_THREAD.get().parsed;
        Node known = parsed.get(template);
        if (known != null) return known;
        Node fresh = interpreter.parse(cleaned.apply(template));
        if (parsed.size() >= MOST_PARSED) parsed.clear();
        if (interpreter.getErrorsCopy().isEmpty()) parsed.put(template, fresh);
        return fresh;
    }

    private static Jinjava engine() {
        var engine = new Exact(JinjavaConfig.newBuilder()
            .withFailOnUnknownTokens(true)
            .withNestedInterpretationEnabled(false)
            .withReadOnlyResolver(true)
            .withElResolver(new DataResolver())
            .withDisabled(DISABLED)
            .withMaxOutputSize(OUTPUT)
            .withMaxStringLength(OUTPUT)
            .withMaxRenderDepth(DEPTH)
            .withMaxMacroRecursionDepth(0)
            .withMaxListSize(COLLECTION)
            .withMaxMapSize(COLLECTION)
            .withTrimBlocks(true)
            .withKeepTrailingNewline(true)
            .withLegacyOverrides(LegacyOverrides.newBuilder()
                .withIterateOverMapKeys(true)
                .withUseNaturalOperatorPrecedence(true)
                .withParseWhitespaceControlStrictly(true)
                .withAllowAdjacentTextNodes(true)
                .withUseTrimmingForNotesAndExpressions(true)
                .withHandleBackslashInQuotesOnly(true)
                .build())
            .build());
        engine.getGlobalContext().registerFunction(RangeFunction.function());
        engine.getGlobalContext().registerTag(new InlineSetTag());
        engine.getGlobalContext().registerTag(new FilteredForTag());
        engine.getGlobalContext().registerFilter(new DefaultFilter("default"));
        engine.getGlobalContext().registerFilter(new DefaultFilter("d"));
        engine.getGlobalContext().registerFilter(new IntFilter());
        var filters = engine.getGlobalContext().getAllFilters().stream().filter(filter -> FILTERS.contains(filter.getName())).toList();
        filters.forEach(filter -> engine.getGlobalContext().registerFilter(new BoundedFilter(filter)));
        engine.settle();
        return engine;
    }
}
