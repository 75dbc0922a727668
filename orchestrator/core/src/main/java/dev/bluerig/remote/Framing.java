package dev.bluerig.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.random.RandomGenerator;

/// The resident shell's language: commands to bytes. Pure text; `Decoder` reads the answers.
///
/// Both output streams are cut by the marker `\036TOKEN ID STATUS\n`. The token never stands contiguous in the sent text, so a shell that
/// echoes its script cannot forge one. Tried with dash, bash, busybox sh and mksh.
record Framing(String first, String second) {
    /// Up to here stdin travels inside the script; above, as raw bytes after the shell says it is ready for them.
    static final int INLINE = 16 * 1024;

    private static final String GREETING = """

        __x= IFS=' \t
        ';trap __x=1 TERM
        __f(){ printf '\\036%%s%%s %%s %%s\\n' %1$s %2$s "$1" "$2";printf '\\036%%s%%s %%s %%s\\n' %1$s %2$s "$1" "$2" >&2;}
        __m(){ __s=$?;__f "$1" $__s;case $__x in 1)exit;;esac;}
        __r(){ printf '\\036%%s%%s %%s %%s\\n' %1$s %2$s "$1" R;}
        unset ENV BASH_ENV;PATH=$PATH:/usr/sbin:/sbin LC_ALL=C PAGER=cat;export PATH LC_ALL PAGER;umask 022
        if command -v timeout >/dev/null 2>&1;then __t=1;else __t=;fi
        __f 0 $$
        """;

    /// As the greeting, but for a shell that gives its place to a program; both streams are the program's after frame 0.
    private static final String BECOMING = """

        unset ENV BASH_ENV;PATH=$PATH:/usr/sbin:/sbin LC_ALL=C PAGER=cat;export PATH LC_ALL PAGER;umask 022
        printf '\\036%%s%%s 0 %%s\\n' %1$s %2$s $$;printf '\\036%%s%%s 0 %%s\\n' %1$s %2$s $$ >&2;exec %3$s
        """;

    static Framing random(RandomGenerator random) {
        return new Framing("%016x".formatted(random.nextLong()), "%016x".formatted(random.nextLong()));
    }

    String token() {
        return first + second;
    }

    /// Sent once: defines the marker functions and reports the shell's process id in frame 0. It starts with an empty line for an rc file
    /// that reads one.
    byte[] greeting() {
        return GREETING.formatted(first, second).getBytes(UTF_8);
    }

    /// Sent once in place of the greeting: reports the process id in frame 0, and then the program has it.
    byte[] becoming(Command command) {
        return BECOMING.formatted(first, second, command.line()).getBytes(UTF_8);
    }

    /// Runs unless an earlier step of this shell failed. `timeout` ends it even when nobody is connected any more.
    byte[] step(int id, Command command) {
        String words = "${__t:+timeout " + allowance(command) + "} " + command.line();
        return ("case $__b in 0)" + framed(id, command, words) + "__b=$__s;;*)__f " + id + " -;;esac\n").getBytes(UTF_8);
    }

    /// Always runs.
    byte[] question(int id, Command command) {
        return framed(id, command, command.line()).getBytes(UTF_8);
    }

    /// Before the first step of an exchange; `failed`: a step of it failed in the shell before this one.
    byte[] begin(boolean failed) {
        return ("__b=" + (failed ? 1 : 0) + "\n").getBytes(UTF_8);
    }

    static boolean isLarge(Command command) {
        return command.stdin().length() > INLINE;
    }

    static byte[] payload(Command command) {
        return command.stdin().getBytes(UTF_8);
    }

    /// Whole seconds, because an older busybox `timeout` knows no others.
    static long allowance(Command command) {
        return command.deadline().plusMillis(999).toSeconds();
    }

    private String framed(int id, Command command, String words) {
        if (command.stdin().isEmpty()) return "(" + words + "\n)</dev/null\n__m " + id + "\n";
        if (!isLarge(command))
            return "printf %s '" + command.stdin().replace("'", "'\\''") + "' 2>/dev/null|(" + words + "\n)\n__m " + id + "\n";
        // one compound command: dash reads scripts in blocks and must find nothing behind it; head takes exactly the payload
        // from the script's own stream, cat what the command leaves over
        return "{ __r " + id + "\nhead -c " + payload(command).length + "|( (" + words + "\n);__s=$?;cat >/dev/null;exit $__s)\n__m " + id + "\n}\n";
    }

    /// Signals process `pid` and all that descend from it; run by a second shell. A process group would not do (`timeout` and job control
    /// leave it), a session would be too much (what an earlier command left running belongs to it).
    static byte[] ending(long pid, String signal) {
        return """

            t=' %d ' n=
            while :;do
            for f in /proc/[0-9]*/stat;do
            { read -r l <$f;} 2>/dev/null||continue
            p=${l%%%% *};set -- ${l##*) }
            case $t in *" $p "*)continue;;*" $2 "*)t="$t$p " n=1;;esac
            done
            case $n in 1)n=;;*)break;;esac
            done
            kill -%s $t 2>/dev/null
            exit
            """.formatted(pid, signal).getBytes(UTF_8);
    }
}
