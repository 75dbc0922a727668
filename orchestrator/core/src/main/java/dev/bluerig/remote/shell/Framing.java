package dev.bluerig.remote.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// The resident shell's language: commands to bytes. Pure text but for chance; `Decoder` reads the answers.
///
/// Both output streams are cut by the marker `\036TOKEN STATUS\n`. A token has two halves, the shell's and the command's own: it is used
/// once, so what was printed before cannot forge what comes, and the halves never stand together in the sent text, so neither can a shell
/// that echoes its script. It is written by `echo` alone, which every shell does itself: an argument of a program is seen by every user of
/// the machine. Tried with dash, bash, busybox sh and mksh.
record Framing(String half, RandomGenerator random) {
    /// Up to here stdin travels inside the script; above, as raw bytes after the shell says it is ready for them.
    static final int INLINE = 16 * 1024;

    /// Options that the login shell may have handed down (bash: SHELLOPTS) would export or print what is in here. `__p` prints stdin: mksh
    /// has no
    /// `printf` of its own.
    private static final String GREETING = """

        { set +aefuvx;} 2>/dev/null
        __x= IFS=' \t
        ';trap __x=1 TERM
        __f(){ echo "\036%1$s$1 $2";echo "\036%1$s$1 $2" >&2;}
        __m(){ __s=$?;__f "$1" $__s;case $__x in 1)exit;;esac;}
        __r(){ echo "\036%1$s$1 R";}
        if PATH=/nonexistent printf '' 2>/dev/null;then __p(){ printf %%s "$1";};else __p(){ print -nr -- "$1";};fi
        unset ENV BASH_ENV;PATH=$PATH:/usr/bin:/bin:/usr/sbin:/sbin LC_ALL=C PAGER=cat;export PATH LC_ALL PAGER;umask 022
        if command -v timeout >/dev/null 2>&1;then __t=1;else __t=;fi
        __f %2$s "$$ $(id -u)"
        """;

    /// As the greeting, but for a shell that gives its place to a program; both streams are the program's after the first marker.
    private static final String BECOMING = """

        { set +aefuvx;} 2>/dev/null
        unset ENV BASH_ENV;PATH=$PATH:/usr/bin:/bin:/usr/sbin:/sbin LC_ALL=C PAGER=cat;export PATH LC_ALL PAGER;umask 022
        __f(){ echo "\036%1$s$1 $$";echo "\036%1$s$1 $$" >&2;};__f %2$s;exec %3$s
        """;

    static Framing random(RandomGenerator random) {
        return new Framing(word(random), random);
    }

    private static String word(RandomGenerator random) {
        return "%016x".formatted(random.nextLong());
    }

    /// A command's own half of its token.
    String fresh() {
        return word(random);
    }

    /// What stands before the label in a marker.
    byte[] mark(String own) {
        return ("\036" + half + own + " ").getBytes(UTF_8);
    }

    /// Sent once: defines the marker functions and reports the shell's process and user id. It starts with an empty line for an rc file
    /// that reads one.
    byte[] greeting(String own) {
        return GREETING.formatted(half, own).getBytes(UTF_8);
    }

    /// Sent once in place of the greeting: reports the process id, and then the program has it.
    byte[] becoming(String own, Command command) {
        return BECOMING.formatted(half, own, command.line()).getBytes(UTF_8);
    }

    /// Runs unless an earlier step of this shell failed. `timeout` ends it even when nobody is connected any more.
    byte[] step(String own, Command command) {
        String words = "${__t:+timeout " + allowance(command) + "} " + command.line();
        return ("case $__b in 0)" + framed(own, command, judged(command, words)) + "__b=$__s;;*)__f " + own + " -;;esac\n").getBytes(UTF_8);
    }

    /// What `Command.judged` says, in the shell's language, because the step after it must not wait for us.
    private static String judged(Command command, String words) {
        if (command.proof().isEmpty()) return words;
        return "__o=$(" + words + "\n);__s=$?;echo \"$__o\";case $__o in *'" + command.proof()
            + "'*)exit 0;;esac;case $__s in 0)exit 1;;esac;exit $__s";
    }

    /// Always runs, unless its party was silent before. One compound command when it has a party, so that dash has read what follows.
    byte[] question(String own, Command command) {
        String words = framed(own, command, command.line());
        if (command.party().isEmpty() || isLarge(command)) return words.getBytes(UTF_8);
        String party = command.party();
        return ("case $__h in *' " + party + " '*)__f " + own + " -;;*)\n" + words + "case $__s in " + Reply.BY_ALARM + ")__h=\"$__h "
            + party + " \";;esac;;esac\n").getBytes(UTF_8);
    }

    /// Before the first step of an exchange; `failed`: a step of it failed in the shell before this one; `silent`: parties that did not
    /// answer there.
    byte[] begin(boolean failed, Set<String> silent) {
        return ("__b=" + (failed ? 1 : 0) + " __h='" + silent.stream().map(party -> " " + party + " ").collect(Collectors.joining())
            + "'\n").getBytes(UTF_8);
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

    private static String framed(String own, Command command, String words) {
        if (command.stdin().isEmpty()) return "(" + words + "\n)</dev/null\n__m " + own + "\n";
        if (!isLarge(command))
            return "__p '" + command.stdin().replace("'", "'\\''") + "' 2>/dev/null|(" + words + "\n)\n__m " + own + "\n";
        // one compound command: dash reads scripts in blocks and must find nothing behind it; head takes exactly the payload
        // from the script's own stream, cat what the command leaves over
        return "{ __r " + own + "\nhead -c " + payload(command).length + "|( (" + words + "\n);__s=$?;cat >/dev/null;exit $__s)\n__m "
            + own + "\n}\n";
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
