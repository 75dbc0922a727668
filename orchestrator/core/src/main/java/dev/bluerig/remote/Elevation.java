package dev.bluerig.remote;

import dev.bluerig.source.Secret;

/// Whose rights the resident shell has.
sealed interface Elevation {
    record None() implements Elevation {}

    record Passwordless() implements Elevation {}

    record WithPassword(Secret password) implements Elevation {}
}
