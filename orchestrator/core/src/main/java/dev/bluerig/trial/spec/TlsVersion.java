package dev.bluerig.trial.spec;

/// A version of TLS, written as in YAML and as the pair takes it. Mainline mlx5 offloads 1.2 alone (domain facts 0.1).
public record TlsVersion(String text) {
    public static final TlsVersion TLS_1_2 = new TlsVersion("1.2");
    public static final TlsVersion TLS_1_3 = new TlsVersion("1.3");

    public TlsVersion {
        if (!text.equals("1.2") && !text.equals("1.3")) throw new IllegalArgumentException("TLS version \"1.2\" or \"1.3\" (in quotes), found " + text);
    }

    @Override
    public String toString() {
        return text;
    }
}
