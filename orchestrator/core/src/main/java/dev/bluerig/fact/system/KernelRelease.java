package dev.bluerig.fact.system;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.inventory.Version;
import dev.bluerig.remote.Command;

/// The running kernel: `uname -r` and the hardware name of `uname -m` (`uname -p` is `unknown` on Debian).
public record KernelRelease(String release, String machine) {
    static final Command COMMAND = Command.of("uname", "-r", "-m");

    public Version version() {
        return Version.leading(release).orElseThrow();
    }

    public record Seen() implements Fact.Question<KernelRelease> {
        @Override
        public Inquiry<KernelRelease> read() {
            return Inquiry.parse(COMMAND, KernelRelease::parse);
        }

        @Override
        public boolean lasting() {
            return true;
        }
    }

    static KernelRelease parse(String text) {
        String[] words = text.strip().split(" ");
        if (words.length != 2 || Version.leading(words[0]).isEmpty() || words[0].contains("/"))
            throw new IllegalArgumentException("not a kernel release and a machine: " + text.strip());
        return new KernelRelease(words[0], words[1]);
    }
}
