package dev.bluerig.inventory;

import dev.bluerig.source.TrustedText;

/// One cable of a pair, by its place in the inventory, from 0. People read `bench 1`.
public record CableId(@TrustedText String pair, int number) {
    @Override
    public String toString() {
        return pair + " " + number;
    }
}
