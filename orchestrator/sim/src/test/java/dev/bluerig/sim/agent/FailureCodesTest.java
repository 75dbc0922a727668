package dev.bluerig.sim.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bluerig.ktls.secure.FailureCode;
import dev.bluerig.ktls.secure.Role;
import dev.bluerig.trial.agent.AgentCode;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The program and the controller share no code, so what they both call by name is compared here, where both can be seen.
class FailureCodesTest {
    private static Set<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Enum::name).collect(Collectors.toSet());
    }

    @Test
    void theControllerExplainsEveryCodeOfTheProgram() {
        assertEquals(names(AgentCode.values()), names(FailureCode.values()));
    }

    @Test
    void ciphersVersionsAndRolesHaveTheSameNames() {
        assertEquals(names(dev.bluerig.trial.spec.Cipher.values()), names(dev.bluerig.ktls.Cipher.values()));
        assertEquals(names(dev.bluerig.trial.spec.Role.values()), names(Role.values()));
        for (dev.bluerig.trial.spec.Cipher cipher : dev.bluerig.trial.spec.Cipher.values())
            assertEquals(cipher.text(), dev.bluerig.ktls.Cipher.valueOf(cipher.name()).text());
    }
}
