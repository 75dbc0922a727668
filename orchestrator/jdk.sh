# Sourced by launchers and by the build: find_java prints the home of a JDK 25 or newer, or fails.

# What bluerig runs with; a cache of loaded classes fits only the options that it was made with.
# Short commands over many connections: the first compiler and the serial collector cost least (adr/0007, performance.md). Recorded
# profiles serve the second compiler alone, and reflection by native code needs no classes made at run time.
java_options='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmn128m -Djdk.reflect.useNativeAccessorOnly=true
 -XX:+UnlockDiagnosticVMOptions -XX:-AOTReplayTraining'

is25() {
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
    [ "${version:-0}" -ge 25 ]
}

find_java() {
    if [ -n "${JAVA_HOME:-}" ] && is25 "$JAVA_HOME"; then echo "$JAVA_HOME"; return; fi
    if command -v java >/dev/null 2>&1; then
        home=$(dirname -- "$(dirname -- "$(readlink -f -- "$(command -v java)")")")
        if is25 "$home"; then echo "$home"; return; fi
    fi
    for home in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "${HOME:-/nowhere}"/.sdkman/candidates/java/* "${HOME:-/nowhere}"/.jdks/*; do
        if is25 "$home"; then echo "$home"; return; fi
    done
    return 1
}
