package dev.bluerig.source;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.Context.Library;
import com.hubspot.jinjava.lib.Importable;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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

    private static final Jinjava ENGINE = engine();

    private Jinja() {}

    private static final class Exact extends Jinjava {
        private static final ExpressionFactory NUMBERS = ExactArithmetic.factory();

        Exact(JinjavaConfig config) {
            super(config);
        }

        @Override
        public ExpressionFactory getExpressionFactory() {
            return NUMBERS;
        }
    }

    /// What one thread renders with, many times over: making it costs more than most renderings.
    private static final ThreadLocal<Context> BASE = ThreadLocal.withInitial(ENGINE::getGlobalContextCopy);

    /// A fresh interpreter for one rendering.
    static StrictInterpreter interpreter(Map<String, Object> vars) {
        JinjavaConfig config = ENGINE.getGlobalConfig();
        Context base = BASE.get();
        base.reset();                                   // what the rendering before told its parents
        return new StrictInterpreter(ENGINE, new Context(base, vars, config.getDisabled()), config);
    }

    private static Jinjava engine() {
        var engine = new Exact(JinjavaConfig.newBuilder()
            .withFailOnUnknownTokens(true)
            .withNestedInterpretationEnabled(false)
            .withReadOnlyResolver(true)
            .withElResolver(new DataResolver())
            .withDisabled(disabled())
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
        return engine;
    }

    /// Everything that a plain Jinjava knows and we did not list.
    private static Map<Library, Set<String>> disabled() {
        Context all = new Jinjava().getGlobalContext();
        var disabled = new EnumMap<Library, Set<String>>(Library.class);
        disabled.put(Library.TAG, without(names(all.getAllTags()), TAGS));
        disabled.put(Library.FILTER, without(names(all.getAllFilters()), FILTERS));
        disabled.put(Library.FUNCTION, without(all.getAllFunctions().stream().map(ELFunctionDefinition::getName).toList(), FUNCTIONS));
        return disabled;
    }

    private static List<String> names(Collection<? extends Importable> items) {
        return items.stream().map(Importable::getName).toList();
    }

    /// Jinjava calls the function `range` `:range`.
    private static Set<String> without(Collection<String> all, Set<String> kept) {
        return all.stream().filter(name -> !kept.contains(name.substring(name.indexOf(':') + 1)))
            .collect(Collectors.toCollection(TreeSet::new));
    }
}
