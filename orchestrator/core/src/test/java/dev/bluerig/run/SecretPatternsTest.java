package dev.bluerig.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.source.Json;
import dev.bluerig.source.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretPatternsTest {
    private static final SecretPatterns PATTERNS = new SecretPatterns("SUDO_PASSWORD_WRONG"::equals);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        password=hunter2 and more | password=*** and more
        password: correct horse, battery | password: ***
        "sudo_password": "a \\" b", "user": "lab" | "sudo_password": ***, "user": "lab"
        {"bmc-password":"x","n":1} | {"bmc-password":***,"n":1}
        mysql --password hunter2 -h db | mysql --password ***
        export API_KEY=abc123 | export API_KEY=***
        <wifi psk>abcdefgh</wifi> | <wifi psk>***
        Authorization: Basic dXNlcjpw | Authorization: ***
        curl -H Bearer abcdef | curl -H Bearer ***
        https://lab:hunter2@git.example/x | https://lab:***@git.example/x
        root:$6$salt1234$hashhashhash:19000:0 | root:***:19000:0
        --token=abc x | --token=*** x
        """)
    void what_looks_like_a_secret_is_hidden(String text, String clean) {
        assertEquals(clean, PATTERNS.of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a password is required", "SUDO_PASSWORD_WRONG: sudo did not take it", "PWD=/root", "password:",
        "sudo: passwordless",
        "https://git.example:8080/x", "mlx5_core 0000:b1:00.0", "$1 $HOME", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA lab@here"})
    void what_does_not_stays(String text) {
        assertEquals(text, PATTERNS.of(text));
    }

    @Test
    void a_private_key_is_hidden_to_its_end_or_to_the_end_of_the_text() {
        String key = "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\n-----END OPENSSH PRIVATE KEY-----";
        assertEquals("a\n***\nb", PATTERNS.of("a\n" + key + "\nb"));
        assertEquals("| *** x", PATTERNS.of("| " + key.replace("\n", "\\n| ") + " x"));
        assertEquals("a ***", PATTERNS.of("a " + key.substring(0, 50)));
        String open = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";
        assertEquals(open, PATTERNS.of(open));
    }

    @Test
    void fields_are_known_by_their_names() {
        var tree = Json.read("t", "{\"bmc_password\": \"x\", \"tokens\": [1, {\"a\": \"b\"}], \"secret\": null, \"host\": \"h\", "
            + "\"change\": {\"what\": \"802-1x.password\", \"expected\": \"new\", \"found\": \"old\"}}");
        assertEquals("{\"bmc_password\":\"***\",\"tokens\":[\"***\",{\"a\":\"***\"}],\"secret\":null,\"host\":\"h\",\"change\":"
            + "{\"what\":\"802-1x.password\",\"expected\":\"***\",\"found\":\"***\"}}", Json.write(PATTERNS.tree(tree, text -> text)));
        assertEquals(List.of(new Secret("x"), new Secret("1"), new Secret("b")), PATTERNS.marked(tree));
    }

    /// A pattern that begins again at each of its letters would not end.
    @Test
    void the_work_grows_with_the_text() {
        int size = 1 << 20;
        for (String part : List.of("password", "password=", "a", "-----BEGIN PRIVATE KEY-----", "://a:", "$a$", "token ", "\"",
            "password:\""))
            assertTrue(PATTERNS.of(part.repeat(size / part.length())).length() > 0);
    }
}
