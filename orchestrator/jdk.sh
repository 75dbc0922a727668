# Sourced by launchers and by the build: find_java prints the home of a JDK 25 or newer, or fails.

# What bluerig runs with; a cache of loaded classes fits only the options that it was made with.
# Short commands over many connections: the first compiler and the serial collector cost least (adr/0007, performance.md). Recorded
# profiles serve the second compiler alone, and reflection by native code needs no classes made at run time. A cache that lies where it was
# made for is mapped, else every page of it is read and mended (what lies there is no code).
java_options='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmn128m -Djdk.reflect.useNativeAccessorOnly=true
 -XX:+UnlockDiagnosticVMOptions -XX:-AOTReplayTraining -XX:ArchiveRelocationMode=0'
# How often a method is called before it is compiled; else 200 times (JDK 25, compiler_globals.hpp). A cache fits all of them.
patient_compiler='-XX:Tier3InvocationThreshold=400 -XX:Tier3MinInvocationThreshold=200 -XX:Tier3CompileThreshold=3000'
late_compiler='-XX:Tier3InvocationThreshold=2000 -XX:Tier3MinInvocationThreshold=1000 -XX:Tier3CompileThreshold=12000'

is25() {
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
    version=
    while IFS= read -r line; do
        case $line in JAVA_VERSION=\"[0-9]*) version=${line#JAVA_VERSION=\"}; version=${version%%[!0-9]*}; break ;; esac
    done <"$1/release"
    [ "${version:-0}" -ge 25 ]
}

find_java() {
    if [ -n "${JAVA_HOME:-}" ] && is25 "$JAVA_HOME"; then echo "$JAVA_HOME"; return; fi
    if command -v java >/dev/null 2>&1; then
        home=$(readlink -f -- "$(command -v java)")
        home=${home%/bin/*}
        if is25 "$home"; then echo "$home"; return; fi
    fi
    for home in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "${HOME:-/nowhere}"/.sdkman/candidates/java/* "${HOME:-/nowhere}"/.jdks/*; do
        if is25 "$home"; then echo "$home"; return; fi
    done
    return 1
}
