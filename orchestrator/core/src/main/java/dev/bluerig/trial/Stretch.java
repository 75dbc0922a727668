package dev.bluerig.trial;

/// The pair run once over one cable.
public record Stretch(End server, End client) {
    public End of(Role role) {
        return role == Role.SERVER ? server : client;
    }
}
