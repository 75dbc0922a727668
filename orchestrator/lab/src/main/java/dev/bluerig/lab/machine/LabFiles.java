package dev.bluerig.lab.machine;

import java.nio.file.Path;
import java.util.List;

/// What a lab's `up` made: the file to give to `bluerig -i`, and the ssh files beside it.
public record LabFiles(Path inventory, Path knownHosts, Path identity, List<String> machines) {
    public LabFiles {
        machines = List.copyOf(machines);
    }
}
