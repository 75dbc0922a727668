package dev.bluerig.trial.verdict;

import dev.bluerig.inventory.Version;
import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.TlsVersion;
import dev.bluerig.trial.spec.Load;
import dev.bluerig.trial.verdict.Testimony.Statement;
import java.util.Set;
import java.util.TreeSet;

/// Whether a card could have handled what was negotiated.
///
/// TLS 1.3 and ChaCha20 are never offloaded by mainline mlx5. AES-128-GCM is whenever the flag is: the number of a kernel says nothing
/// against it (distributions port back). AES-256-GCM came to mlx5 with a series of September 2022, in 6.1 or 6.2: no source says which, so
/// 6.1 is let pass and the other witnesses decide, and what is older can have it from a vendor's driver alone, which this witness cannot
/// see: it contradicts.
record VersionWitness() implements WitnessCheck {
    static final Version AES_256 = new Version("6.1");
    private static final String REQUIRED = "TLS 1.2 with AES-128-GCM, or AES-256-GCM on Linux 6.1 or newer";
    private static final Set<String> SHORT = Set.of("aes-128-gcm", "aes-gcm-128");
    private static final Set<String> LONG = Set.of("aes-256-gcm", "aes-gcm-256");

    @Override
    public Witness witness() {
        return Witness.VERSION_AND_CIPHER;
    }

    @Override
    public Testimony hear(DirectionEvidence evidence) {
        var samples = evidence.end().pair().samples();
        if (samples.isEmpty()) return says(Statement.SILENT, REQUIRED, "no connection told what it negotiated");
        var negotiated = new TreeSet<String>();
        samples.forEach(sample -> negotiated.add("TLS " + sample.version() + " " + sample.cipher()));
        String seen = String.join(", ", negotiated) + " on Linux " + evidence.end().kernel();
        Load load = evidence.whole().load();
        boolean all12 = samples.stream().allMatch(sample -> sample.version().equals("1.2"));
        boolean allShort = samples.stream().allMatch(sample -> SHORT.contains(sample.cipher()));
        boolean allLong = samples.stream().allMatch(sample -> LONG.contains(sample.cipher()));
        if (!all12) return says(Statement.SOFTWARE, REQUIRED, seen + ": no mainline driver offloads another version than 1.2");
        if (!allShort && !allLong) return says(Statement.SOFTWARE, REQUIRED, seen + ": mlx5 offloads AES-GCM alone");
        if (!load.version().equals(TlsVersion.TLS_1_2) || load.cipher() != (allShort ? Cipher.AES_128_GCM : Cipher.AES_256_GCM))
            return says(Statement.OBJECTS, "what the trial asked for: TLS " + load.version() + " " + load.cipher().text(), seen);
        return allShort ? says(Statement.HARDWARE, REQUIRED, seen) : aes256(evidence.end().kernel(), seen);
    }

    private Testimony aes256(String kernel, String seen) {
        return Version.leading(kernel).map(version -> version.atLeast(AES_256) ? says(Statement.HARDWARE, REQUIRED, seen)
            : says(Statement.SOFTWARE, REQUIRED, seen + ": mlx5 of this kernel knows AES-128 alone, unless the driver is a vendor's"))
            .orElseGet(() -> says(Statement.SILENT, REQUIRED, seen + ": not a kernel release"));
    }
}
