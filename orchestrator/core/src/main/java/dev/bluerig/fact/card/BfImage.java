package dev.bluerig.fact.card;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.inventory.Version;
import dev.bluerig.remote.Command;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The BlueField image a DPU runs. Images are numbered by BSP, by DOCA or by bundle, and only the BSP number compares with the
/// vendor guide's 3.7.0. `bsp` is absent for bundles and for text that nobody knows.
public record BfImage(String text, Optional<Version> bsp, Optional<Version> bundle) {
    private static final Pattern BSP = Pattern.compile("BSP_(?=\\d+\\.\\d)");
    private static final Pattern BUNDLE = Pattern.compile("^bf-bundle-(?=\\d+\\.\\d)");
    private static final Pattern OLD = Pattern.compile("(?i)BlueField\\D{0,64}-(?=\\d+\\.\\d)");

    /// True when the image is at least that BSP; empty when its name does not tell: then look at the bridges, never guess.
    /// A `bf-bundle` is newer than any 3.x.
    public Optional<Boolean> atLeastBsp(Version wanted) {
        if (bsp.isPresent()) return bsp.map(version -> version.atLeast(wanted));
        return bundle.isPresent() && wanted.first() <= 3 ? Optional.of(true) : Optional.empty();
    }

    public record Seen() implements Fact.Question<BfImage> {
        @Override
        public Inquiry<BfImage> read() {
            return Inquiry.parse(Command.of("cat", "/etc/mlnx-release"), BfImage::parse);
        }

        @Override
        public boolean lasting() {
            return true;
        }
    }

    static BfImage parse(String text) {
        String name = text.strip();
        if (name.isEmpty()) throw new IllegalArgumentException("empty");
        var bsp = found(BSP, name).or(() -> found(OLD, name));
        return new BfImage(name, bsp, found(BUNDLE, name));
    }

    private static Optional<Version> found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Version.leading(text.substring(matcher.end())) : Optional.empty();
    }
}
