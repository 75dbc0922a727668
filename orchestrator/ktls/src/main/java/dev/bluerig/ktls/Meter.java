package dev.bluerig.ktls;

import java.util.ArrayList;
import java.util.List;

/// What work has cost so far: read it before and after, and subtract.
public interface Meter {
    Usage now() throws SystemFailure;

    /// Sums since some moment in the past; only differences mean something.
    ///
    /// - `seconds`: of a clock that never goes back; `user`, `system`: CPU seconds of all threads of this process, ended ones too.
    /// - `cores`: busy seconds of each core of the machine by its number, interrupts and softirqs included; 0 for one that is off line.
    /// - `voluntary`, `involuntary`: context switches of all threads of this process.
    record Usage(double seconds, double user, double system, List<Double> cores, long voluntary, long involuntary) {
        public Usage {
            cores = List.copyOf(cores);
        }

        public Usage since(Usage earlier) {
            var busy = new ArrayList<Double>();
            for (int core = 0; core < cores.size(); core++)
                busy.add(core < earlier.cores.size() ? Math.max(0, cores.get(core) - earlier.cores.get(core)) : 0.0);
            return new Usage(seconds - earlier.seconds, user - earlier.user, system - earlier.system, busy, voluntary - earlier.voluntary,
                involuntary - earlier.involuntary);
        }

        /// Busy seconds of the whole machine.
        public double machine() {
            return cores.stream().mapToDouble(Double::doubleValue).sum();
        }

        /// Of a difference: the busy share of each core, 0..1.
        public List<Double> shares() {
            return cores.stream().map(busy -> seconds > 0 ? Math.min(1, busy / seconds) : 0.0).toList();
        }
    }
}
