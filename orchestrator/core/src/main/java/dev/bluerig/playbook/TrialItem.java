package dev.bluerig.playbook;

import dev.bluerig.source.Location;
import dev.bluerig.source.Tree;

/// One trial as written, its structure checked, nothing rendered yet: its values may be others for each pair.
public record TrialItem(String name, Location at, Tree.Mapping tree) implements PlaybookItem {}
