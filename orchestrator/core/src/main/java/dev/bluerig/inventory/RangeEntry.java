package dev.bluerig.inventory;

import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Renderer;
import dev.bluerig.source.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One entry whose name may be a range, written out: its trees without ranges and templates. `size`: how many entries it stands for.
record RangeEntry(String written, Tree tree, int size) {
    /// Throws `IllegalArgumentException` when the name's ranges are wrong.
    static RangeEntry of(String written, Tree tree) {
        return new RangeEntry(written, tree, NameRange.size(written));
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

    /// The very same where nothing counts on.
    private Tree counted(Tree part, int index) {
        return switch (part) {
            case Tree.Scalar scalar when !counts(scalar) -> scalar;
            case Tree.Scalar scalar -> new Tree.Scalar(scalar.at(), counted(scalar, index), scalar.plain());
            case Tree.Sequence sequence -> {
                var items = new ArrayList<Tree>();
                boolean same = true;
                for (Tree item : sequence.items()) {
                    items.add(counted(item, index));
                    same &= items.getLast() == item;
                }
                yield same ? sequence : new Tree.Sequence(sequence.at(), items);
            }
            case Tree.Mapping mapping -> {
                var entries = new LinkedHashMap<String, Tree.Entry>();
                boolean same = true;
                for (Map.Entry<String, Tree.Entry> field : mapping.entries().entrySet()) {
                    Tree.Entry entry = field.getValue();
                    Tree value = counted(entry.value(), index);
                    same &= value == entry.value();
                    entries.put(field.getKey(), value == entry.value() ? entry : new Tree.Entry(entry.keyAt(), value));
                }
                yield same ? mapping : new Tree.Mapping(mapping.at(), entries);
            }
        };
    }

    private static boolean counts(Tree.Scalar scalar) {
        return NameRange.isRange(scalar.text()) && !scalar.text().contains("{{");
    }

    private String counted(Tree.Scalar scalar, int index) {
        try {
            int count = NameRange.size(scalar.text());
            if (count != size)
                throw new InvalidInput(scalar.at(), "the range is " + count + " long, that of `" + written + "` is " + size);
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
