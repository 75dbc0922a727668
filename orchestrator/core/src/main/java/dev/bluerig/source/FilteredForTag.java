package dev.bluerig.source;

import com.hubspot.jinjava.interpret.InterpretException;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.ForTag;
import com.hubspot.jinjava.tree.TagNode;
import com.hubspot.jinjava.tree.parse.TagToken;
import com.hubspot.jinjava.util.ObjectTruthValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// `{% for dpu in machine.dpus if dpu.via %}` as Jinja has it and Jinjava does not; and only over what is a list or a mapping.
final class FilteredForTag extends ForTag {
    private static final long serialVersionUID = 1;
    private static final Pattern CONDITION = Pattern.compile("(?s)(.*?)\\sif\\s(.*)");
    private static final Pattern ELSE = Pattern.compile("\\selse\\s");

    @Override
    public String interpretUnchecked(TagNode node, JinjavaInterpreter interpreter) {
        var loop = getLoopVarsAndExpression((TagToken) node.getMaster());
        var condition = CONDITION.matcher(loop.getRight());
        boolean filtered = condition.matches() && !ELSE.matcher(condition.group(2)).find();
        Object collection = interpreter.resolveELExpression(filtered ? condition.group(1) : loop.getRight(), node.getLineNumber());
        if (!(collection instanceof Iterable) && !(collection instanceof Map))
            throw wrong(node, "`" + loop.getRight().strip() + "` is not a list");
        if (!filtered) return renderForCollection(node, interpreter, loop.getLeft(), collection);
        if (loop.getLeft().size() != 1 || !(collection instanceof Iterable<?> items))
            throw wrong(node, "`for ... if` takes one name and a list");
        return renderForCollection(node, interpreter, loop.getLeft(),
            kept(node, interpreter, loop.getLeft().getFirst(), items, condition.group(2)));
    }

    private static List<Object> kept(TagNode node, JinjavaInterpreter interpreter, String name, Iterable<?> items, String condition) {
        var kept = new ArrayList<Object>();
        for (Object item : items) {
            try (var _ = interpreter.enterScope()) {
                interpreter.getContext().put(name, interpreter.wrap(item));
                if (ObjectTruthValue.evaluate(interpreter.resolveELExpression(condition, node.getLineNumber()))) kept.add(item);
            }
        }
        return kept;
    }

    private static InterpretException wrong(TagNode node, String message) {
        return new InterpretException(message, node.getLineNumber(), node.getStartPosition());
    }
}
