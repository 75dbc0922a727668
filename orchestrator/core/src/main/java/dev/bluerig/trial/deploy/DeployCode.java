package dev.bluerig.trial.deploy;

import dev.bluerig.diagnostic.Code;
import dev.bluerig.diagnostic.CodeFamily;
import dev.bluerig.diagnostic.CodesOf;
import dev.bluerig.diagnostic.Explained;

/// Why the agent could not be brought to a machine.
@CodesOf(CodeFamily.DEPLOY)
public enum DeployCode implements Code {
    @Explained(meaning = "The file system that holds the cache has no room for the agent.",
        next = "df -h DIRECTORY on the machine; make room, or set `pair_cache: DIRECTORY` to one with room; bluerig accept --purge"
        + " removes what bluerig keeps there")
    CACHE_FULL,
    @Explained(meaning = "Programs may not be started from the cache directory: its file system is mounted noexec, or a policy (SELinux,"
        + " fapolicyd) forbids it.",
        next = "set `pair_cache: DIRECTORY` of the machine to a directory where programs may run, or `pair_java` to a JDK 22 or later of"
        + " the machine's own")
    CACHE_NOEXEC,
    @Explained(meaning = "The cache directory cannot be made or written, or somebody else could change what lies in it.",
        next = "ls -ld DIRECTORY and its parents on the machine; set `pair_cache: DIRECTORY`")
    CACHE_UNWRITABLE,
    @Explained(meaning = "No Java runtime for the machine's architecture is shipped, and the machine has no JDK 22 or later of its own.",
        next = "install one (apt install openjdk-25-jre-headless, dnf install java-25-openjdk-headless), or set `pair_java` of the"
        + " machine to one")
    NO_JAVA,
    @Explained(meaning = "What arrived on the machine is not what was sent, or what was sent does not run.",
        next = "run again; if it stays, look at the disk and memory of both machines, and build again: ./mvnw -DskipTests package")
    PAYLOAD_DAMAGED,
    @Explained(meaning = "The agent has not been built on this machine.", next = "./mvnw -DskipTests package")
    PAYLOAD_MISSING
}
