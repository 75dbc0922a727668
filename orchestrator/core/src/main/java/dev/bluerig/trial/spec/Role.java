package dev.bluerig.trial.spec;

/// What an end of a pair does: a server listens, a client connects.
public enum Role { SERVER, CLIENT }
