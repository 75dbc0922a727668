package dev.bluerig.source;

import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.SetTag;
import com.hubspot.jinjava.tree.TagNode;

/// `{% set name = expression %}` alone: a block would catch rendered text, in which values are no longer apart from the template.
final class InlineSetTag extends SetTag {
    private static final long serialVersionUID = 1;

    @Override
    public String interpret(TagNode node, JinjavaInterpreter interpreter) {
        if (!node.getHelpers().contains("="))
            throw new InterpretException("a block `set` is not allowed; write {% set name = expression %}", node.getLineNumber(),
                node.getStartPosition());
        return super.interpret(node, interpreter);
    }
}
