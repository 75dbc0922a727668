package dev.bluerig.playbook;

import dev.bluerig.source.Location;

/// One item of a playbook, in the order written: a play converges machines, a trial proves pairs.
public sealed interface PlaybookItem permits Play, TrialItem {
    String name();

    Location at();
}
