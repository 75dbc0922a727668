package dev.bluerig.source;

import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.LongStream;

/// `range(stop)`, `range(start, stop)`, `range(start, stop, step)`; Jinjava's own cuts a long one short without a word.
final class RangeFunction {
    private RangeFunction() {}

    static ELFunctionDefinition function() {
        try {
            Method range = RangeFunction.class.getDeclaredMethod("range", Object.class, Object[].class);
            range.setAccessible(true);
            return new ELFunctionDefinition("", "range", range);
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static List<Long> range(Object first, Object... more) {
        long start = more.length == 0 ? 0 : number(first);
        long stop = more.length == 0 ? number(first) : number(more[0]);
        long step = more.length < 2 ? 1 : number(more[1]);
        if (step == 0) throw new IllegalArgumentException("range with step 0");
        long count = Math.max(0, Math.ceilDiv(stop - start, step));
        if (count > Jinja.RANGE) throw new IllegalArgumentException("range of " + count + " numbers; the limit is " + Jinja.RANGE);
        return LongStream.range(0, count).mapToObj(i -> start + i * step).toList();
    }

    private static long number(Object value) {
        if (value instanceof Long || value instanceof Integer) return ((Number) value).longValue();
        throw new IllegalArgumentException("range needs whole numbers, found " + value);
    }
}
