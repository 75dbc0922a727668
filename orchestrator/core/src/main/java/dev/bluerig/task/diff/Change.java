package dev.bluerig.task.diff;

/// One difference between what is wanted and what was seen, in words for people.
public record Change(String what, String expected, String found) {}
