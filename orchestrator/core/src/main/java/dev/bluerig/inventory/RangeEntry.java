package dev.bluerig.inventory;

import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Renderer;
import dev.bluerig.source.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One entry whose name may be a range, written out: its trees without ranges and templates.
record RangeEntry(String written, Tree tree) {
    /// How many entries it stands for.
    int size() {
        return NameRange.size(written);
    }

    String name(int index) {
        return NameRange.at(written, index);
    }

    /// The entry at a place of the range, with templates rendered.
    Tree.Mapping at(int index, Map<String, Object> vars) {
        if (!(tree instanceof Tree.Mapping)) throw new InvalidInput(tree.at(), "`" + written + "` must be a mapping");
        var seen = new LinkedHashMap<>(vars);
        seen.put("name", name(index));
        if (NameRange.isRange(written)) {
            String digits = NameRange.digitsAt(written, index);
            seen.put("index", (long) index);
            seen.put("number", Long.parseLong(digits));
            seen.put("digits", digits);
        }
        return (Tree.Mapping) Renderer.scalars(NameRange.isRange(written) ? counted(tree, index) : tree, seen);
    }

    private Tree counted(Tree part, int index) {
        return switch (part) {
            case Tree.Scalar scalar -> new Tree.Scalar(scalar.at(), counted(scalar, index), scalar.plain());
            case Tree.Sequence sequence -> new Tree.Sequence(sequence.at(), sequence.items().stream().map(item -> counted(item, index))
                .toList());
            case Tree.Mapping mapping -> {
                var entries = new LinkedHashMap<String, Tree.Entry>();
                mapping.entries().forEach((key, entry) -> entries.put(key, new Tree.Entry(entry.keyAt(), counted(entry.value(), index))));
                yield new Tree.Mapping(mapping.at(), entries);
            }
        };
    }

    private String counted(Tree.Scalar scalar, int index) {
        if (!NameRange.isRange(scalar.text()) || scalar.text().contains("{{")) return scalar.text();
        try {
            int size = NameRange.size(scalar.text());
            if (size != size())
                throw new InvalidInput(scalar.at(), "the range is " + size + " long, that of `" + written + "` is " + size());
            return NameRange.at(scalar.text(), index);
        } catch (IllegalArgumentException wrong) {
            throw new InvalidInput(scalar.at(), wrong.getMessage());
        }
    }

    /// The texts of a list field as written, before anything is bound.
    List<String> texts(String field) {
        var texts = new ArrayList<String>();
        if (tree instanceof Tree.Mapping mapping && mapping.get(field).orElse(mapping) instanceof Tree.Sequence sequence) {
            for (Tree item : sequence.items()) if (item instanceof Tree.Scalar scalar) texts.add(scalar.text());
        }
        return texts;
    }
}
