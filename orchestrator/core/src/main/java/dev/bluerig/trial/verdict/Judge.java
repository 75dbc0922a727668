package dev.bluerig.trial.verdict;

import dev.bluerig.protocol.LoadSettings;
import dev.bluerig.protocol.Role;
import dev.bluerig.trial.evidence.Evidence;
import dev.bluerig.trial.spec.Direction;
import dev.bluerig.trial.spec.Thresholds;
import dev.bluerig.trial.spec.TlsPlacement;
import dev.bluerig.trial.verdict.Testimony.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Verdicts from evidence, and from nothing else: the same evidence always gives the same verdicts.
public final class Judge {
    private static final List<WitnessCheck> WITNESSES =
        List.of(new VersionWitness(), new StateWitness(), new KernelWitness(), new CardWitness(), new ErrorWitness(),
        new UnchangedWitness(), new FlipWitness(), new PathWitness(), new WireWitness());

    private static final Set<Witness> OPTIONAL = Set.of(Witness.FLIP, Witness.PATH, Witness.WIRE);

    private Judge() {}

    /// One verdict for each direction of each end that payload was meant for: server before client, TX before RX.
    public static List<Verdict> of(Evidence evidence, Thresholds thresholds) {
        var verdicts = new ArrayList<Verdict>();
        for (Role role : Role.values())
            for (Direction direction : Direction.values())
                if (evidence.load().sends(role) == (direction == Direction.TX)
                    || evidence.load().direction() == LoadSettings.Direction.BOTH)
                    verdicts.add(judged(new DirectionEvidence(evidence, role, direction, thresholds)));
        return List.copyOf(verdicts);
    }

    private static Verdict judged(DirectionEvidence evidence) {
        var testimonies = WITNESSES.stream().map(witness -> witness.hear(evidence)).toList();
        return new Verdict(evidence.end().machine(), evidence.role(), evidence.direction(), ruling(testimonies), testimonies);
    }

    /// HARDWARE needs every witness. The other rulings need those who place the records to agree, and nobody to object; all else is
    /// UNKNOWN.
    static TlsPlacement ruling(List<Testimony> testimonies) {
        boolean all = testimonies.stream().map(Testimony::witness).distinct().count() == Witness.values().length;
        if (all && testimonies.stream().allMatch(Judge::passes)) return TlsPlacement.HARDWARE;
        if (testimonies.stream().anyMatch(testimony -> testimony.says() == Statement.OBJECTS)) return TlsPlacement.UNKNOWN;
        Statement state = says(testimonies, Witness.CONNECTION_STATE);
        Statement kernel = says(testimonies, Witness.KERNEL_COUNTERS);
        Statement card = says(testimonies, Witness.CARD_COUNTERS);
        boolean cardStill = Set.of(Statement.SOFTWARE, Statement.SILENT).contains(card);
        if (state == Statement.USER_SPACE && Set.of(Statement.USER_SPACE, Statement.SILENT).contains(kernel)
            && cardStill) return TlsPlacement.USER_SPACE;
        if (state == Statement.SOFTWARE && kernel == Statement.SOFTWARE && cardStill) return TlsPlacement.SOFTWARE;
        if (state == Statement.MIXED && kernel == Statement.MIXED) return TlsPlacement.MIXED;
        boolean lapsed = card == Statement.MIXED || card == Statement.HARDWARE && says(testimonies, Witness.UNCHANGED) == Statement.MIXED;
        if (state == Statement.HARDWARE && kernel == Statement.HARDWARE && lapsed) return TlsPlacement.MIXED;
        return TlsPlacement.UNKNOWN;
    }

    /// Only these may stay out: the flip and the capture when the trial wants none, the path where the DPUs are not ours.
    private static boolean passes(Testimony testimony) {
        return testimony.says() == Statement.HARDWARE || OPTIONAL.contains(testimony.witness()) && testimony.says() == Statement.NOT_CALLED;
    }

    private static Statement says(List<Testimony> testimonies, Witness witness) {
        return testimonies.stream().filter(testimony -> testimony.witness() == witness).map(Testimony::says).findFirst()
            .orElse(Statement.SILENT);
    }
}
