package dev.bluerig.playbook;

/// An item of a playbook made ready for a run. Nothing in it can be wrong any more.
public sealed interface ResolvedItem permits ResolvedPlay, ResolvedTrial {}
