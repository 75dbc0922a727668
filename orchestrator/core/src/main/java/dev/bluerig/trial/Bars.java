package dev.bluerig.trial;

import dev.bluerig.source.Described;

/// Where the witnesses draw their lines; the defaults are those of the design.
public record Bars(
    @Described(value = "Least share of the payload that the receiving card must have decrypted: the first packets of a connection are the kernel's.", example = "0.99", absent = "0.99") double received,
    @Described(value = "How much more than records and retransmits the sending card may have encrypted, as a share.", example = "0.02", absent = "0.02") double surplus,
    @Described(value = "Resyncs, out-of-order packets and dumped packets that are still in order, per million packets.", example = "1000", absent = "1000") int disorder) {

    public static final Bars DEFAULT = new Bars(0.99, 0.02, 1000);
}
