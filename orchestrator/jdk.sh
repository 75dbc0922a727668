# Sourced by launchers: find_java prints the home of a JDK 25 or newer, or fails.
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
