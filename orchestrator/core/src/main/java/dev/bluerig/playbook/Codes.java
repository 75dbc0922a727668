package dev.bluerig.playbook;

import dev.bluerig.converge.Stop;
import dev.bluerig.remote.Explained;
import dev.bluerig.remote.Reason;
import dev.bluerig.task.Finding;
import dev.bluerig.trial.DepotTrouble;
import dev.bluerig.trial.DuetTrouble;
import dev.bluerig.trial.PairTrouble;
import dev.bluerig.trial.Symptom;
import dev.bluerig.trial.TrialTrouble;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Every code of this room and the rooms below.
public final class Codes {
    private Codes() {}

    public static List<Explained> all() {
        return Stream.<Explained[]>of(Reason.values(), Stop.values(), Finding.values(), PairTrouble.values(), DepotTrouble.values(), DuetTrouble.values(),
            TrialTrouble.values(), Symptom.values()).flatMap(Arrays::stream).toList();
    }

    /// Codes are unlike each other over all families.
    public static Optional<Explained> find(String code) {
        return all().stream().filter(each -> each.name().equals(code)).findFirst();
    }
}
