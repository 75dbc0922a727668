package dev.bluerig.trial.deploy;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.List;
import java.util.Optional;

/// The file system under a directory. `free` in bytes; `options` as in /proc/mounts, empty when unknown.
record DiskSpace(String mount, String type, String options, long free) {
    /// Answered by `of`.
    static List<Command> asking(String directory) {
        return List.of(Command.of("df", "-P", "-k", directory), Command.of("cat", "/proc/self/mounts"));
    }

    static Optional<DiskSpace> of(Reply df, Reply mounts) {
        if (!(df instanceof Reply.Ran ran && ran.ok())) return Optional.empty();
        String[] words = ran.out().strip().lines().reduce("", (first, last) -> last).split("\\s+", 6);
        if (words.length < 6 || !words[3].matches("\\d+")) return Optional.empty();
        String[] mounted = mounts instanceof Reply.Ran list && list.ok() ? mounted(list.out(), words[5])
            : new String[] {"", "", "unknown type", ""};
        return Optional.of(new DiskSpace(words[5], mounted[2], mounted[3], Long.parseLong(words[3]) * 1024));
    }

    /// The last one that was mounted there: device, mount, type, options (proc(5)); a space in a name stands as \040.
    private static String[] mounted(String mounts, String mount) {
        return mounts.lines().map(line -> line.split(" "))
            .filter(words -> words.length >= 4 && words[1].replace("\\040", " ").equals(mount))
            .reduce(new String[] {"", "", "unknown type", ""}, (first, last) -> last);
    }

    boolean noexec() {
        return List.of(options.split(",")).contains("noexec");
    }

    @Override
    public String toString() {
        return "file system " + mount + " (" + type + (options.isEmpty() ? "" : ", " + options) + ")";
    }
}
