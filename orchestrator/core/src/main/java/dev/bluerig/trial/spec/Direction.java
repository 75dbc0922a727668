package dev.bluerig.trial.spec;

/// One way of one end: what it sends is encrypted (TX), what it receives is decrypted (RX). Each is judged for itself.
public enum Direction { TX, RX }
