package dev.bluerig.trial.spec;

import java.util.regex.Pattern;

/// Which cores an agent may use: `all`, `near-nic`, or a list such as `2-5,8`.
public record Cores(String text) {
    private static final Pattern LIST = Pattern.compile("\\d{1,4}(-\\d{1,4})?(?:,\\d{1,4}(?:-\\d{1,4})?)*+");

    public Cores {
        if (!text.equals("all") && !text.equals("near-nic") && !LIST.matcher(text).matches())
            throw new IllegalArgumentException("`all`, `near-nic`, or a list such as 2-5,8, found " + text);
    }

    public boolean all() {
        return text.equals("all");
    }

    public boolean nearNic() {
        return text.equals("near-nic");
    }

    @Override
    public String toString() {
        return text;
    }
}
