package dev.bluerig.remote.ssh;

import java.util.List;

/// What `ssh -G` and a password dialogue say.
public final class FuzzedSshTexts {
    private FuzzedSshTexts() {}

    public static Object read(String text) {
        return List.of(SshConfig.parse(text), SshConfig.isName(text), PasswordPrompt.of(text), PasswordPrompt.wantsCode(text),
            PasswordPrompt.wantsChange(text));
    }
}
