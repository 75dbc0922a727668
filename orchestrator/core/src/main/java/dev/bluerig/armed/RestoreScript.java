package dev.bluerig.armed;

import dev.bluerig.protocol.Lease;
import dev.bluerig.remote.Command;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The script on the machine. It knows of nobody: it arms itself, waits, puts back and disarms, with the shell and what the remedy needs.
///
/// The lease is the token: who renames it away has the change. So putting back and disarming never both happen, whenever they come, and no
/// lock can stay behind. Renaming is one step (rename(2)). What was begun before a power cut is begun again at the next boot.
record RestoreScript(ArmedChange change) {
    private static final List<String> OF_FILES = List.of("rm", "install", "mv");

    private static final String HEAD = """
        #!/bin/sh
        # Of bluerig: puts back what was on this machine before a change, unless the change is disarmed in time.
        d=%1$s
        u=%2$s
        n=%3$d
        early=%4$s
        late=%5$s
        PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
        export PATH LC_ALL
        umask 077
        cd /
        failed=0
        if command -v timeout >/dev/null 2>&1; then t=timeout; else t=; fi
        # seconds, command: what fails is told, and the rest goes on
        r() {
            s=$1
            shift
            ${t:+$t "$s"} "$@" && return
            failed=$((failed + 1))
            echo "failed: $*"
        }
        # the same where failing says that nothing was missing
        q() {
            s=$1
            shift
            ${t:+$t "$s"} "$@" >/dev/null 2>&1
        }
        """;

    private static final String TAIL = """
        units() {
            [ -d /run/systemd/system ] || return 0
            [ -e %1$s ] || [ -e %2$s ] || return 0
            systemctl --quiet disable "$early" "$late" 2>/dev/null
            rm -f %1$s %2$s
        }
        # it was put back: nothing stays but what is told
        over() {
            units
            [ "$(cat "$d/pid" 2>/dev/null)" = "$$" ] || stop
            echo "restored at $(date +%%s), failed commands: $failed" >"$d/result.new"
            cat "$d/log" >>"$d/result.new" 2>/dev/null
            sync "$d/result.new" 2>/dev/null
            mv -f "$d/result.new" "$d/result"
            rm -f "$d/restoring.json" "$d/log" "$d/pid" "$d"/*.in "$d"/*.saved "$d/restore.sh"
        }
        fire() {
            mv "$d/lease.json" "$d/restoring.json" 2>/dev/null || exit 3
            exec >>"$d/log" 2>&1 </dev/null
            undo
            way
            over
        }
        lease() {
            echo %3$s >"$d/lease.new" && mv -f "$d/lease.new" "$d/lease.json"
        }
        stop() {
            if [ -d /run/systemd/system ]; then systemctl --quiet stop "$u.timer" 2>/dev/null; fi
            p=$(cat "$d/pid" 2>/dev/null) || return 0
            case $(tr '\\0' ' ' <"/proc/$p/cmdline" 2>/dev/null) in *"$d/restore.sh"*) kill -TERM "-$p" 2>/dev/null ;; esac
            return 0
        }
        fail() {
            echo "not armed: $1" >&2
            rm -f "$d/lease.json"
            stop
            units
            rm -rf "$d"
            exit 1
        }
        enable() {
            cat >%1$s <<'END' || return 1
        %4$sEND
            cat >%2$s <<'END' || return 1
        %5$sEND
            chmod 0644 %1$s %2$s
            systemctl --quiet enable "$early" "$late"
        }
        arm() {
            [ -e "$d/lease.json" ] && fail 'it is armed already'
            save
            if [ -d /run/systemd/system ]; then
                enable || fail 'units for the next boot could not be enabled'
                lease 0 || fail "$d cannot be written"
                systemd-run --quiet --on-active="${n}s" --timer-property=AccuracySec=100ms --unit="$u" /bin/sh "$d/restore.sh" fire \\
                    || fail 'systemd-run did not take the timer'
                systemctl --quiet is-active "$u.timer" || fail 'the timer does not run'
                sync "$d/restore.sh" "$d/lease.json" %1$s %2$s 2>/dev/null
            else
                setsid sh "$d/restore.sh" wait </dev/null >/dev/null 2>&1 &
                p=$!
                echo "$p" >"$d/pid" && lease "$p" || fail "$d cannot be written"
                kill -0 "$p" || fail 'the process that waits does not live'
            fi
            echo armed
        }
        disarm() {
            mv "$d/lease.json" "$d/disarmed.json" 2>/dev/null || exit 3
            stop
            units
            rm -rf "$d"
        }
        boot() {
            [ -e "$d/restoring.json" ] || mv "$d/lease.json" "$d/restoring.json" 2>/dev/null || exit 0
            exec >>"$d/log" 2>&1 </dev/null
        }
        case $1 in
        arm) arm ;;
        wait) sleep "$n" && fire ;;
        fire) fire ;;
        disarm) disarm ;;
        early) boot; files; sync ;;
        boot) boot; undo; over ;;
        *) exit 64 ;;
        esac
        """;

    /// What commands read, each as a file: name and content.
    Map<String, String> inputs() {
        var inputs = new LinkedHashMap<String, String>();
        var undo = change.remedy().undo();
        for (int i = 0; i < undo.size(); i++) if (!undo.get(i).stdin().isEmpty()) inputs.put(input(i), undo.get(i).stdin());
        return inputs;
    }

    private static String input(int index) {
        return index + ".in";
    }

    String text() {
        var units = new ArmedUnits("bluerig-armed-" + change.name(), change.directory());
        var text = new StringBuilder(HEAD.formatted(word(change.directory()), word(units.unit()), change.after().toSeconds(),
            word(units.early()), word(units.late())));
        function(text, "files", undo(true));
        function(text, "undo", undo(false));
        function(text, "way", way());
        function(text, "save", save());
        return text.append(TAIL.formatted(word(ArmedUnits.path(units.early())), word(ArmedUnits.path(units.late())), lease(),
            units.earlyText(), units.lateText())).toString();
    }

    private static void function(StringBuilder text, String name, List<String> lines) {
        text.append(name).append("() {\n");
        lines.forEach(line -> text.append("    ").append(line).append('\n'));
        text.append("    return 0\n}\n");
    }

    /// `alone`: only what writes files, for the time before anybody reads them.
    private List<String> undo(boolean alone) {
        var lines = new ArrayList<String>();
        var undo = change.remedy().undo();
        for (int i = 0; i < undo.size(); i++) {
            if (alone && !OF_FILES.contains(undo.get(i).words().getFirst())) continue;
            lines.add(line("r", undo.get(i)) + (undo.get(i).stdin().isEmpty() ? "" : " <\"$d/" + input(i) + "\""));
        }
        return lines;
    }

    private List<String> way() {
        var lines = new ArrayList<String>();
        change.back().links().forEach(command -> lines.add(line("q", command)));
        for (int i = 0; i < change.back().saved().size(); i++)
            lines.add("[ -s \"$d/" + i + ".saved\" ] && " + line("q", change.back().saved().get(i).restore()) + " <\"$d/" + i
                + ".saved\"");
        change.back().missing().forEach(command -> lines.add(line("q", command)));
        change.back().announced().forEach(command -> lines.add(line("q", command)));
        return lines;
    }

    private List<String> save() {
        var lines = new ArrayList<String>();
        for (int i = 0; i < change.back().saved().size(); i++)
            lines.add(change.back().saved().get(i).save().line() + " >\"$d/" + i + ".saved\" 2>/dev/null");
        return lines;
    }

    private static String line(String how, Command command) {
        return how + " " + command.deadline().plusMillis(999).toSeconds() + " " + command.line();
    }

    /// Process and time are the machine's own to say.
    private String lease() {
        var lease = new Lease(0, Instant.EPOCH, List.of(List.of("sh", change.script(), "fire")));
        return word(lease.text().strip()).replace("\"pid\":0", "\"pid\":'\"$1\"'")
            .replace("\"deadline\":0", "\"deadline\":'$(($(date +%s) + n))'");
    }

    private static String word(String text) {
        return Command.of("echo", text).line().substring("echo ".length());
    }
}
