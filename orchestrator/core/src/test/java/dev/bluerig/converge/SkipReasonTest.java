package dev.bluerig.converge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bluerig.diagnostic.CodeName;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SkipReasonTest {
    @Test
    void who_stopped_a_run_is_said_as_reports_have_it() {
        assertEquals("interrupted", new SkipReason.Stopped(Optional.empty()).words());
        var code = Optional.of(CodeName.of(EngineCode.STATE_UNKNOWN));
        assertEquals("because of STATE_UNKNOWN", new SkipReason.Stopped(code).words());
        assertEquals("because of offload (STATE_UNKNOWN)", new SkipReason.EarlierTask("offload", code).words());
    }
}
