package dev.bluerig.source;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.filter.Filter;
import java.math.BigInteger;

/// `int`: the number that a text says, and an error when it says none; Jinjava's own makes that 0.
final class IntFilter implements Filter {
    @Override
    public String getName() {
        return "int";
    }

    @Override
    public Object filter(Object value, JinjavaInterpreter interpreter, String... arguments) {
        if (value instanceof Double number && Math.abs(number) >= 0x1p63)
            throw new IllegalArgumentException("not a whole number of 64 bits: " + number);
        if (value instanceof Number number) return number.longValue();
        String text = String.valueOf(value).strip();
        if (!text.matches("-?[0-9]{1,1000}")) throw new IllegalArgumentException("not a whole number: " + text);
        var whole = new BigInteger(text);
        if (whole.bitLength() > Long.SIZE - 1) throw new IllegalArgumentException("not a whole number of 64 bits: " + text);
        return whole.longValue();
    }
}
