package dev.bluerig.ktls.secure;

/// What an end of a connection does in the handshake: a server waits for the client's hello.
public enum Role { SERVER, CLIENT }
