package dev.bluerig.trial;

import java.util.Optional;

/// How a symptom is found: what in the evidence matches, in numbers and names; empty when nothing does.
interface Clue {
    Optional<String> seen(Scene scene);
}
