package dev.bluerig.cases;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;

/// A payload for tests whose runtime is a shell script: `bin/java -version` answers as Java does, anything else speaks the pair's protocol,
/// without a connection. A real program on a real machine, and no JDK.
public final class TinyAgentPackage {
    private static final String SCRIPT = """
        #!/bin/sh
        case $1 in -version) echo 'openjdk version "25.0.1" 2025-10-21' >&2; exit 0;; esac
        dir=
        over() { test -z "$dir" || { touch "$dir-restored"; rm -rf "$dir"; }; exit $1; }
        trap 'over 143' TERM
        state() { echo '{"event":"state","when":"'$1'","connections":[{"connection":0,"transmit":"sw","receive":"sw","reason":"","version":"1.2","cipher":"aes-128-gcm","transmitted":1,"received":1}]}'; }
        flow() { echo '{"bytes":'$1',"records":1,"seconds":1.0,"per_second":['$1'],"checked":'$1',"intact":true,"digest":"00000000000000aa"}'; }
        exchange() {
          echo '{"event":"connected","connection":0,"version":"1.2","cipher":"aes-128-gcm","local":"a:1","peer":"b:2","transmit":"kernel","receive":"kernel","reason":""}'
          state opened; echo '{"event":"progress","seconds":1.0,"sent":5,"received":5}'; echo '{"event":"exchanged"}'
        }
        echo '{"event":"hello","pair":"1","java":"25.0.1","arch":"amd64","pid":'$$'}'
        read -r settings || exit 2
        dir=$(printf %s "$settings" | sed 's/.*"directory":"\\([^"]*\\)".*/\\1/')
        echo '{"pid":'$$',"deadline":1,"restore":[["touch","'$dir'-mended"]]}' >"$dir/lease.json"
        pin=$(printf '%064d' 7)
        case $settings in
        *'"role":"server"'*) echo '{"event":"ready","fingerprint":"'$pin'","address":"192.0.2.1","port":47000}';;
        *) echo '{"event":"ready","fingerprint":"'$pin'"}';;
        esac
        while read -r line; do
          case $line in
          *'"peer"'*) echo '{"event":"admitting"}'; exchange;;
          *'"go"'*) exchange;;
          *'"state"'*) state asked;;
          *'"close"'*) state closing; echo '{"event":"result","sent":'$(flow 5)',"received":'$(flow 5)',"usage":{"user":0.1,"system":0.1,"machine":0.2,"cores":[0.1],"voluntary":1,"involuntary":1,"handshakes":1,"retransmits":0}}'; over 0;;
          esac
        done
        over 2
        """;

    private TinyAgentPackage() {}

    /// Makes `bluerig-pair.jar` and a runtime for this machine in the directory.
    public static Path in(Path directory, String architecture) throws IOException {
        return in(directory, architecture, SCRIPT);
    }

    public static Path in(Path directory, String architecture, String script) throws IOException {
        Path tree = Files.createDirectories(directory.resolve("tree"));
        Path java = Files.createDirectories(tree.resolve("bin")).resolve("java");
        Files.writeString(java, script);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(directory.resolve("bluerig-pair.jar"), "not a jar, but the script does not mind\n");
        run("tar", "-c", "-z", "-f", directory.resolve("runtime-" + architecture + ".tar.gz").toString(), "-C", tree.toString(), "bin");
        return directory;
    }

    /// As `uname -m` says.
    public static String here() throws IOException {
        return run("uname", "-m").strip();
    }

    private static String run(String... words) throws IOException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        try {
            if (process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0) return said;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
        throw new IOException(String.join(" ", words) + ": " + said);
    }
}
