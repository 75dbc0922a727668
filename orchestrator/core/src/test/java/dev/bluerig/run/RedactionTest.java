package dev.bluerig.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bluerig.source.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedactionTest {
    private final Redaction redaction = new Redaction(List.of(new Secret("s3cr\"et"), new Secret("ab")));

    @Test
    void a_secret_is_hidden_as_it_is_and_as_json_writes_it() {
        assertEquals("x *** y *** z", redaction.of("x s3cr\"et y s3cr\\\"et z"));
    }

    @Test
    void a_text_too_short_to_be_a_secret_stays() {
        assertEquals("table", redaction.of("table"));
    }
}
