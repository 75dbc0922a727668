package dev.bluerig.run;

import dev.bluerig.diagnostic.CodeFamily;
import dev.bluerig.diagnostic.CodeName;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.inventory.InventoryReader;
import dev.bluerig.remote.Command;
import dev.bluerig.source.Json;
import dev.bluerig.source.Secret;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Failure;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    @TempDir
    private Path directory;

    private static Redaction of(String... secrets) {
        return new Redaction(java.util.Arrays.stream(secrets).map(Secret::new).toList());
    }

    private static String lower(String url) {
        return java.util.regex.Pattern.compile("%..").matcher(url).replaceAll(found -> found.group().toLowerCase(java.util.Locale.ROOT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cr\"et", "pa ss'word", "a&b<c>d\"e'f", "x\\y$z`q", "d\u00e9j\u00e0-vu_1", "\ud83d\udd11-key", "/+/=?#%",
        "CANARYlogin&pass<w>\"d_*", "tab\tbed", "plainword"})
    void a_secret_goes_in_every_spelling(String secret) {
        var redaction = of(secret);
        String json = Json.write(new dev.bluerig.source.Tree.Scalar(dev.bluerig.source.Location.file(""), secret, false));
        byte[] bytes = ("user:" + secret + "!").getBytes(StandardCharsets.UTF_8);
        for (String written : List.of(secret, json, json.replace("/", "\\/"), Command.of("echo", secret).line(),
            URLEncoder.encode(secret, StandardCharsets.UTF_8),
            lower(URLEncoder.encode(secret, StandardCharsets.UTF_8).replace("+", "%20")), secret.replace("&", "&amp;").replace("<", "&lt;")
            .replace(">", "&gt;").replace("\"", "&quot;"))) {
            String clean = redaction.of("before " + written + " after");
            assertTrue(clean.startsWith("before ") && clean.endsWith(" after") && clean.contains("***"), written + ": " + clean);
            assertFalse(clean.contains(secret), clean);
        }
        for (int from = 0; from < 3; from++) {
            String encoded = Base64.getEncoder().encodeToString(java.util.Arrays.copyOfRange(bytes, from, bytes.length));
            assertTrue(redaction.of(encoded).contains("***"), encoded);
        }
    }

    /// As Go, .NET, a log of JSON in JSON, YAML and CSV write them.
    @ParameterizedTest
    @ValueSource(strings = {"a\\u0026b\\u003cc\\u003ed\\\"e'f+g", "a\\u0026b\\u003Cc\\u003Ed\\u0022e\\u0027f\\u002Bg",
        "a&b<c>d\\\\\\\"e'f+g", "a&b<c>d\"e''f+g", "a&b<c>d\"\"e'f+g", "a&#38;b&#60;c&#62;d&#34;e&#39;f+g"})
    void a_secret_goes_as_other_programs_write_it(String written) {
        assertEquals("before *** after", of("a&b<c>d\"e'f+g").of("before " + written + " after"));
    }

    @Test
    void secrets_that_overlap_leave_no_end() {
        assertEquals("x***y", of("abcdef", "defghi").of("xabcdefghiy"));
        assertEquals("*** ***", of("secret").of("secretsecret secret"));
    }

    @Test
    void a_key_of_many_lines_goes_line_by_line() {
        var redaction = of("-----BEGIN KEY-----\nAAAAB3NzaC1\nlkjhgfdsapoi\nx\n-----END KEY-----");
        assertEquals("read ***, then x and -----BEGIN KEY-----", redaction.of("read lkjhgfdsapoi, then x and -----BEGIN KEY-----"));
    }

    @Test
    void a_text_too_short_to_hide_is_left() {
        assertEquals("tables", of("tab").of("tables"));
        assertEquals("x", of("", "   \n  ").of("x"));
    }

    @Test
    void names_codes_and_dates_stay_whatever_a_password_is() throws IOException {
        Path inventory = Files.writeString(directory.resolve("i.yaml"), """
            lab: sim
            machines:
              host-a: {kind: host, address: a, ssh: {user: u, password: host, sudo: password, sudo_password: "2026"}}
              host-b: {kind: host, address: b, ssh: {user: u, password: REMEDY}}
            """);
        var redaction = Redaction.of(InventoryReader.read(inventory));
        assertEquals("bluerig check --limit host-a; *** it, my***; 2026-11-28 pin ***; REMEDY_FAILED ***",
            redaction.of("bluerig check --limit host-a; host it, myhost; 2026-11-28 pin 2026; REMEDY_FAILED REMEDY"));
        var result = new TaskResult(OutcomeStatus.FAILED, "", false, true, List.of(), List.of("echo host"),
            java.util.Optional.of(new Failure(new CodeName("REMEDY_FAILED", CodeFamily.ENGINE), "A host failed.",
            List.of(new Change("mtu", "2026", "host")), "host", "look")));
        var clean = redaction.of(TaskResult.class, result);
        assertEquals("A host failed.", clean.failure().orElseThrow().meaning());
        assertEquals(new Failure(new CodeName("REMEDY_FAILED", CodeFamily.ENGINE), "A host failed.",
            List.of(new Change("mtu", "***", "***")), "***", "look"), clean.failure().orElseThrow());
        assertEquals(List.of("echo ***"), clean.commands());
    }

    @Test
    void facts_keep_their_keys_numbers_and_constants() {
        var seen = new java.util.TreeMap<String,
            Object>(Map.of("failed", 4096L, "name", "it failed by name", "word", OutcomeStatus.FAILED));
        assertEquals("{\"failed\":4096,\"name\":\"it *** by ***\",\"word\":\"failed\"}",
            Json.write(of("failed", "4096", "name").tree(seen)));
    }

    @Test
    void the_work_grows_with_the_text_alone() {
        var secrets = new java.util.ArrayList<Secret>();
        for (int i = 0; i < 2000; i++) secrets.add(new Secret("secret-number-" + i));
        var redaction = new Redaction(secrets);
        String text = "secret-number-x ".repeat(2000);
        assertEquals(text, redaction.of(text));
    }

    /// Texts are shortened long before they are cleaned.
    @Test
    void what_is_left_of_a_secret_that_was_cut_is_hidden() {
        var redaction = new Redaction(List.of(new Secret("CorrectHorseBatteryStaple99")));
        assertEquals("AAAA ***...", redaction.of("AAAA CorrectHorseBatteryS..."));
        assertEquals("...***: no", redaction.of("...BatteryStaple99: no"));
        assertEquals("Cor...", redaction.of("Cor..."), "three letters tell nothing");
        assertEquals("Correct me...", redaction.of("Correct me..."));
    }

    @Test
    void a_secret_that_begins_like_a_date_is_no_date() {
        assertEquals("***", new Redaction(List.of(new Secret("2026-11-28Tango.Foxtrot"))).of("2026-11-28Tango.Foxtrot"));
        assertEquals("pw 2026-11-28T***", new Redaction(List.of(new Secret("Foxtrot99"))).of("pw 2026-11-28TFoxtrot99"));
        assertEquals("2026-11-28T10:00:00Z", new Redaction(List.of(new Secret("2026"))).of("2026-11-28T10:00:00Z"));
    }

    @Test
    void percent_encoding_may_keep_slashes() {
        assertEquals("u=***", new Redaction(List.of(new Secret("pa/ss*w\u00f6rd?&x"))).of("u=pa/ss%2Aw%C3%B6rd%3F%26x"));
    }
}
