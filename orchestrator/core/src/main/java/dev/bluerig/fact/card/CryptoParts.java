package dev.bluerig.fact.card;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Part numbers and PSIDs that tell of crypto (DOCA 2.7 installation guide, B3220; BlueField-2 MBF2M516A-CECOT).
final class CryptoParts {
    private static final Map<String, Crypto.State> PSIDS = Map.of(
        "MT_0000000884", Crypto.State.ENABLED, "MT_0000001024", Crypto.State.ENABLED,
        "MT_0000000965", Crypto.State.DISABLED, "MT_0000001025", Crypto.State.DISABLED,
        "MT_0000000375", Crypto.State.ENABLED);
    /// The letter before the last of these BlueField-3 parts: C with, S without crypto.
    private static final Pattern B3220 = Pattern.compile("900-9D3B6-00([CS])[VC]-.*");

    private CryptoParts() {}

    static List<Crypto.Evidence> of(CardFirmware firmware) {
        return part(firmware).or(() -> psid(firmware)).stream().toList();
    }

    private static Optional<Crypto.Evidence> part(CardFirmware firmware) {
        return firmware.partNumber().map(B3220::matcher).filter(Matcher::matches).map(part -> new Crypto.Evidence("part number",
            part.group(1).equals("C") ? Crypto.State.ENABLED : Crypto.State.DISABLED, part.group(), true));
    }

    private static Optional<Crypto.Evidence> psid(CardFirmware firmware) {
        return firmware.psid().filter(PSIDS::containsKey).map(psid -> new Crypto.Evidence("PSID", PSIDS.get(psid), psid, true));
    }
}
