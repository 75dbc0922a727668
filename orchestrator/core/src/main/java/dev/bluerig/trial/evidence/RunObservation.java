package dev.bluerig.trial.evidence;

import dev.bluerig.protocol.Role;

/// The pair run once over one cable.
public record RunObservation(EndObservation server, EndObservation client) {
    public EndObservation of(Role role) {
        return role == Role.SERVER ? server : client;
    }
}
