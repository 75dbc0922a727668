package dev.bluerig.remote.shell;

import dev.bluerig.source.Secret;

/// Whose rights the resident shell has.
public sealed interface Elevation {
    record None() implements Elevation {}

    record Passwordless() implements Elevation {}

    record WithPassword(Secret password) implements Elevation {}
}
