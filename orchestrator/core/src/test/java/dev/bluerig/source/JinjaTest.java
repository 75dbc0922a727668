package dev.bluerig.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.interpret.Context.Library;
import com.hubspot.jinjava.lib.Importable;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class JinjaTest {
    @Test
    void what_a_plain_jinjava_knows_is_listed_or_disabled() {
        var all = new Jinjava().getGlobalContext();
        assertEquals(Map.of(
            Library.TAG, without(names(all.getAllTags()), Jinja.TAGS),
            Library.FILTER, without(names(all.getAllFilters()), Jinja.FILTERS),
            Library.FUNCTION, without(all.getAllFunctions().stream().map(ELFunctionDefinition::getName).toList(), Jinja.FUNCTIONS)),
            Jinja.DISABLED);
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
