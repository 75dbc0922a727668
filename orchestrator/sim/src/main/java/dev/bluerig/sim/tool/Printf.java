package dev.bluerig.sim.tool;

import java.util.List;

/// `printf`: the format is used again until the arguments are used up.
final class Printf {
    private final List<String> arguments;
    private final StringBuilder out = new StringBuilder();
    private int next;

    private Printf(List<String> arguments) {
        this.arguments = arguments;
    }

    static int run(ProgramCall call) {
        if (call.arguments().isEmpty()) return call.fail(2, "printf: usage: printf format [arguments]");
        var printf = new Printf(call.arguments().subList(1, call.arguments().size()));
        try {
            do {
                int before = printf.next;
                printf.once(call.arguments().getFirst());
                if (printf.next == before) break;
            } while (printf.next < printf.arguments.size());
        } catch (IllegalArgumentException strange) {
            return call.unknown(strange.getMessage());
        }
        call.print(printf.out.toString());
        return 0;
    }

    private String argument() {
        return next < arguments.size() ? arguments.get(next++) : "";
    }

    private void once(String format) {
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c == '\\') {
                i = escape(format, i + 1, out);
            } else if (c == '%') {
                int end = i + 1;
                while (end < format.length() && "-0123456789.+ #".indexOf(format.charAt(end)) >= 0) end++;
                if (end == format.length()) throw new IllegalArgumentException("format " + format);
                convert(format.substring(i + 1, end), format.charAt(end));
                i = end;
            } else {
                out.append(c);
            }
        }
    }

    private void convert(String flags, char conversion) {
        switch (conversion) {
            case '%' -> out.append('%');
            case 's' -> out.append(("%" + flags + "s").formatted(argument()));
            case 'd', 'i', 'x', 'o' -> {
                String number = argument();
                out.append(("%" + flags + (conversion == 'i' ? 'd' : conversion))
                    .formatted(number.isEmpty() ? 0L : Long.parseLong(number)));
            }
            case 'b' -> {
                String text = argument();
                for (int i = 0; i < text.length(); i++) {
                    if (text.charAt(i) == '\\') i = escape(text, i + 1, out);
                    else out.append(text.charAt(i));
                }
            }
            case 'c' -> out.append(argument(), 0, 1);
            default -> throw new IllegalArgumentException("conversion %" + conversion);
        }
    }

    /// Returns the index of the last char of the escape.
    private static int escape(String text, int at, StringBuilder out) {
        if (at >= text.length()) {
            out.append('\\');
            return at;
        }
        char c = text.charAt(at);
        int known = "abfnrtv\\\"'".indexOf(c);
        if (known >= 0) {
            out.append("\007\b\f\n\r\t\013\\\"'".charAt(known));
            return at;
        }
        int end = at;
        while (end < text.length() && end < at + 3 && text.charAt(end) >= '0' && text.charAt(end) <= '7') end++;
        if (end == at) {
            out.append('\\').append(c);
            return at;
        }
        out.append((char) (Integer.parseInt(text.substring(at, end), 8) & 255));
        return end - 1;
    }
}
