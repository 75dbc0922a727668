package dev.bluerig.source;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The ways in which programs write a text into a longer one: quoted, escaped, encoded.
final class SecretSpellings {
    private SecretSpellings() {}

    static Set<String> of(String text) {
        var all = new LinkedHashSet<String>();
        for (String one : List.of(text, text.strip())) {
            all.add(one);
            escaped(one, all);
            encoded(one, all);
        }
        return all;
    }

    private static void escaped(String text, Set<String> all) {
        String json = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
        all.add(json);
        all.add(json.replace("/", "\\/"));
        all.add(each(json, c -> c >= ' ' && c < 0x7f ? Character.toString(c) : units(c)));
        all.add(each(json, c -> "&<>".indexOf(c) >= 0 ? units(c) : Character.toString(c)));           // Go
        String strict = each(text.replace("\\", "\\\\"), c -> "\"&'+<>`".indexOf(c) >= 0 ? units(c) : Character.toString(c));
        all.add(strict);                                                                             // PHP
        all.add(strict.replace("\\u002b", "\\u002B").replace("\\u003c", "\\u003C").replace("\\u003e", "\\u003E"));   // .NET
        all.add(json.replace("\\", "\\\\").replace("\"", "\\\""));                                      // JSON in JSON
        all.add(text.replace("'", "''"));                                                             // YAML, SQL
        all.add(text.replace("\"", "\"\""));                                                           // CSV
        String quoted = Json.quoted(text);
        all.add(quoted.substring(1, quoted.length() - 1));
        all.add(text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n"));                  // Python, C
        all.add(text.replace("'", "'\\''"));                                                          // sh, in single quotes
        all.add(text.replace("'", "'\"'\"'"));
        all.add(text.replaceAll("[\\\\\"$`]", "\\\\$0"));                                             // sh, in double quotes
        all.add(text.replaceAll("[^A-Za-z0-9_@%+=:,./\\x{80}-\\x{10ffff}-]", "\\\\$0"));                // sh, printf %q
        all.add(each(text, c -> letter(c) || ":_.".indexOf(c) >= 0 ? Character.toString(c) : bytes(c, "\\x", true)));   // systemd, logs
        String xml = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        all.add(xml);
        for (String single : List.of("'", "&#39;", "&#039;", "&#x27;", "&apos;"))
            for (String both : List.of("\"", "&quot;", "&#34;")) all.add(xml.replace("'", single).replace("\"", both));
        all.add(text.replace("&", "&#38;").replace("<", "&#60;").replace(">", "&#62;").replace("\"", "&#34;").replace("'", "&#39;"));
        all.add(VisibleText.of(text));
    }

    private static void encoded(String text, Set<String> all) {
        String form = URLEncoder.encode(text, StandardCharsets.UTF_8);
        for (String url : List.of(form, form.replace("+", "%20"), form.replace("+", "%20").replace("%7E", "~").replace("*", "%2A"),
            form.replace("%2F", "/"), form.replace("+", "%20").replace("%7E", "~").replace("*", "%2A").replace("%2F", "/"),
            each(text, c -> letter(c) || "-._~!$&'()*+,;=:@/?".indexOf(c) >= 0 ? Character.toString(c) : bytes(c, "%", false)))) {
            all.add(url);
            all.add(lower(url));
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        all.add(HexFormat.of().formatHex(bytes));
        all.add(HexFormat.of().withUpperCase().formatHex(bytes));
        for (int before = 0; before < 3; before++) {
            all.add(base64(bytes, before, Base64.getEncoder()));
            all.add(base64(bytes, before, Base64.getUrlEncoder()));
        }
    }

    /// The digits that do not depend on what stands before (so many bytes into a group of three) and after.
    private static String base64(byte[] bytes, int before, Base64.Encoder encoder) {
        byte[] shifted = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, shifted, before, bytes.length);
        return encoder.withoutPadding().encodeToString(shifted).substring((before * 8 + 5) / 6, shifted.length * 8 / 6);
    }

    private static boolean letter(int c) {
        return c < 0x80 && Character.isLetterOrDigit(c);
    }

    private static String each(String text, IntFunction<String> as) {
        return text.codePoints().mapToObj(as).collect(Collectors.joining());
    }

    private static String units(int c) {
        return Stream.of(Character.toString(c).split("")).map(unit -> String.format("\\u%04x", (int) unit.charAt(0)))
            .collect(Collectors.joining());
    }

    private static String bytes(int c, String lead, boolean lower) {
        var out = new StringBuilder();
        for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8))
            out.append(lead).append(String.format(lower ? "%02x" : "%02X", b));
        return out.toString();
    }

    /// `%2F` as `%2f`, all else as it is.
    private static String lower(String url) {
        return Pattern.compile("%[0-9A-F]{2}").matcher(url).replaceAll(found -> found.group().toLowerCase(Locale.ROOT));
    }
}
