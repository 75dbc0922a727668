package dev.bluerig.ktls;

import java.util.List;

/// Which cores this process may run on.
public interface Affinity {
    /// Numbers of the cores this process may use now, ascending.
    List<Integer> cores() throws SystemFailure;

    /// All threads of this process, and those they start, run on these cores alone. EINVAL, with the cores there are: one of them does not
    /// exist, is off line, or is not for this process (cpuset(7)); then nothing has changed.
    void confine(List<Integer> cores) throws SystemFailure;
}
