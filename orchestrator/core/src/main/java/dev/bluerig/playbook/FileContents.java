package dev.bluerig.playbook;

import dev.bluerig.source.Tree;
import java.util.LinkedHashMap;

/// The body of a `file` task whose content comes from a template.
final class FileContents {
    private FileContents() {}

    /// `from` becomes `content`, at the same place; a `content` that is there is replaced.
    static Tree.Mapping withContent(Tree.Mapping body, String content) {
        var entries = new LinkedHashMap<String, Tree.Entry>();
        body.entries().forEach((key, entry) -> {
            if (key.equals("from") || key.equals("content"))
                entries.put("content", new Tree.Entry(entry.keyAt(), new Tree.Scalar(entry.value().at(), content, false)));
            else entries.put(key, entry);
        });
        return new Tree.Mapping(body.at(), entries);
    }
}
