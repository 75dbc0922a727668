package dev.bluerig.trial.verdict;

import dev.bluerig.protocol.Role;
import dev.bluerig.source.TrustedText;
import dev.bluerig.source.YamlNames;
import dev.bluerig.trial.spec.Direction;
import java.util.Optional;

/// An expectation that was not met.
///
/// - `machine`: where, when it is about one machine; `role`, `direction`: which end, and which way, when it is about one.
/// - `reasons`: what the witnesses said who did not say what was wanted; empty when none is asked.
public record UnmetExpectation(Field field, @TrustedText Optional<String> machine, Optional<Role> role, Optional<Direction> direction,
                               @TrustedText String expected, String found, String reasons) {
    /// What was expected: where encryption happens, or one of the fields of `expect`. `OTHER`: of a report that an older bluerig wrote.
    public enum Field {
        PLACEMENT, DECRYPT_ERRORS, PAYLOAD, WIRE, LINE_RATE, GIGABITS, CPU_PER_GIGABYTE, RETRANSMITS,
        LINK_ERRORS, TEMPERATURE_BELOW, FLOWS, OTHER;

        private String preposition() {
            return switch (this) {
                case PAYLOAD -> " at ";
                case GIGABITS -> " to ";
                case OTHER -> ", ";
                case PLACEMENT, DECRYPT_ERRORS, WIRE, LINE_RATE, CPU_PER_GIGABYTE, RETRANSMITS, LINK_ERRORS, TEMPERATURE_BELOW,
                    FLOWS -> " of ";
            };
        }
    }

    /// As YAML calls it, and where: `rx of host-b`, `line_rate`.
    public String what() {
        Enum<?> named = field == Field.PLACEMENT && direction.isPresent() ? direction.get() : field;
        return YamlNames.field(named) + machine.map(name -> field.preposition() + name).orElse("");
    }

    /// What was found, with the reasons.
    public String whole() {
        return found + (reasons.isEmpty() ? "" : ": " + reasons);
    }

    /// Whether it is what this verdict was expected to be.
    public boolean isAbout(Verdict verdict) {
        return field == Field.PLACEMENT && role.equals(Optional.of(verdict.role())) && direction.equals(Optional.of(verdict.half()));
    }
}
