package dev.bluerig.trial.spec;

import dev.bluerig.source.Described;

/// Where the witnesses draw their lines; the defaults are those of the design.
public record Thresholds(
    @Described(value = "Least share of the payload that the receiving card must have decrypted: the first packets of a connection are"
    + " the kernel's; 0.9 to 1.", example = "0.99", absent = "0.99") double received,
    @Described(value = "How much more than records and retransmits the sending card may have encrypted, as a share; 0 to 0.1.",
    example = "0.02", absent = "0.02") double surplus,
    @Described(value = "Resyncs, out-of-order packets and dumped packets that are still in order, per million packets; 0 to 10000.",
    example = "1000", absent = "1000") int disorder) {

    public static final Thresholds DEFAULT = new Thresholds(0.99, 0.02, 1000);

    /// Below this share the kernel handled more than the first packets of each connection: that is no hardware, whatever a playbook says.
    private static final double LEAST_RECEIVED = 0.9;
    private static final double MOST_SURPLUS = 0.1;
    private static final int MOST_DISORDER = 10_000;

    public Thresholds {
        if (!(received >= LEAST_RECEIVED && received <= 1))
            throw new IllegalArgumentException("`received` is " + LEAST_RECEIVED + " to 1, found " + received);
        if (!(surplus >= 0 && surplus <= MOST_SURPLUS))
            throw new IllegalArgumentException("`surplus` is 0 to " + MOST_SURPLUS + ", found " + surplus);
        if (disorder < 0 || disorder > MOST_DISORDER)
            throw new IllegalArgumentException("`disorder` is 0 to " + MOST_DISORDER + ", found " + disorder);
    }
}
