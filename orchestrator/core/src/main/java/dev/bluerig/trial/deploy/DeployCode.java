package dev.bluerig.trial.deploy;

import dev.bluerig.diagnostic.Code;
import dev.bluerig.diagnostic.CodeFamily;

/// Why the agent could not be brought to a machine.
public enum DeployCode implements Code {
    CACHE_FULL("The file system that holds the cache has no room for the agent.",
        "df -h DIRECTORY on the machine; make room, or set `pair_cache: DIRECTORY` to one with room; bluerig accept --purge removes"
        + " what bluerig keeps there"),
    CACHE_NOEXEC("Programs may not be started from the cache directory: its file system is mounted noexec, or a policy (SELinux,"
        + " fapolicyd) forbids it.", "set `pair_cache: DIRECTORY` of the machine to a directory where programs may run, or `pair_java`"
        + " to a JDK 22 or later of the machine's own"),
    CACHE_UNWRITABLE("The cache directory cannot be made or written, or somebody else could change what lies in it.",
        "ls -ld DIRECTORY and its parents on the machine; set `pair_cache: DIRECTORY`"),
    NO_JAVA("No Java runtime for the machine's architecture is shipped, and the machine has no JDK 22 or later of its own.",
        "install one (apt install openjdk-25-jre-headless, dnf install java-25-openjdk-headless), "
            + "or set `pair_java` of the machine to one"),
    PAYLOAD_DAMAGED("What arrived on the machine is not what was sent, or what was sent does not run.",
        "run again; if it stays, look at the disk and memory of both machines, and build again: ./mvnw -DskipTests package"),
    PAYLOAD_MISSING("The agent has not been built on this machine.", "./mvnw -DskipTests package");

    private final String meaning;
    private final String next;

    DeployCode(String meaning, String next) {
        this.meaning = meaning;
        this.next = next;
    }

    @Override
    public CodeFamily family() {
        return CodeFamily.DEPLOY;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public String next() {
        return next;
    }
}
