package dev.bluerig.sim.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsLab;
import dev.bluerig.remote.Reply;
import dev.bluerig.sim.SimMachines;
import dev.bluerig.sim.machine.SimMachine;
import dev.bluerig.sim.machine.UserAccount;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellTest {
    private final SimMachine machine = SimMachines.pair(false).machine("host-a");

    private Reply.Ran script(String text) {
        return SimMachines.run(machine, UserAccount.ROOT, List.of("sh"), text);
    }

    /// The same script to `/bin/sh` of this computer and to the model.
    @ParameterizedTest
    @NeedsLab("sh")
    @ValueSource(strings = {
        "echo one; echo 'two three' \"four  five\" || true\n",
        "echo a b  'c  d' \"e \\\" f\" g\\ h\n",
        "x='a  b'; echo $x \"$x\" ${x}c ${y:-none} ${x:+set} ${#x}\n",
        "true && echo yes || echo no; false && echo yes || echo no; ! false && echo not\n",
        "f() { echo \"$1-$2-$#\"; return 4; }\nf a 'b c'; echo $?\n",
        "for i in 1 2 3; do case $i in 2) continue;; 3) break;; esac; echo $i; done; echo end\n",
        "i=; while :; do i=x$i; case $i in xxx) break;; esac; done; echo $i\n",
        "if test -n ''; then echo a; elif [ a = a ]; then echo b; else echo c; fi\n",
        "(x=1; exit 3); echo $? $x\n",
        "cat <<END; echo after\nthe $HOMELESS \\$x\nEND\n",
        "cat <<'END'\nthe $x\nEND\n",
        "{ echo out; echo err >&2; } 2>/dev/null\n",
        "echo a | { read -r x; echo \"got $x\"; } | cat\n",
        "read -r a b c <<E\n1 2 3 4\nE\necho \"$c\"\n",
        "set -- a 'b c' d; shift; echo $# \"$1\"; for w in \"$@\"; do echo \"<$w>\"; done\n",
        "l='12 (a b) S 7 8'; p=${l%% *}; set -- ${l##*) }; echo $p $2\n",
        "echo $(echo a; echo b) \"$(printf 'x\\ny\\n')\"\n",
        "printf '\\036%s%s %s %s\\n' A B 7 0; printf '%s|' a b c; printf '%d %5s|%-5s|%x\\n' 7 ab cd 255\n",
        "case a.b in *.c) echo c;; a*|b) echo a;; esac; case '*' in \\*) echo star;; esac\n",
        "x=1 sh -c 'echo $x-$0-$1' name arg; echo \"[$x]\"\n",
        "trap 'echo bye' EXIT; echo hi\n",
        "exit 7; echo never\n",
        "sh -c 'exit 5' || echo $?\n",
        "cat /nope 2>/dev/null; echo $?; nosuchprogram 2>/dev/null; echo $?\n",
        "eval 'a=1; echo $a'; : ${b:=2}; echo $b\n",
        "# a comment\necho a#b # c\necho a \\\n  b\n",
    })
    void itIsAShell(String text) throws Exception {
        Process real = new ProcessBuilder("sh").redirectErrorStream(false).start();
        try (var in = real.getOutputStream()) {
            in.write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        String out = new String(real.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        int status = real.waitFor();
        Reply.Ran ran = script(text);
        assertEquals(new Reply.Ran(status, out, ""), new Reply.Ran(ran.status(), ran.out(), ""), text + ran.err());
    }

    /// As bash does and dash does not: what the script starts reads on where the script stands.
    @Test
    void a_command_reads_on_behind_the_script() {
        assertEquals("123450\nafter\n", script("{ head -c 5 | ( (cat\n); s=$?; cat >/dev/null; exit $s); echo $?\n}\n12345echo after\n")
            .out());
    }

    @Test
    void what_it_does_not_know_it_says() {
        for (String text : List.of("echo $((1 + 1))\n", "echo `id`\n", "set -e\n", "exec 3>/tmp/x\n", "echo ${x/a/b}\n")) {
            SimMachine fresh = SimMachines.pair(false).machine("host-a");
            Reply.Ran ran = SimMachines.run(fresh, UserAccount.ROOT, List.of("sh"), text);
            assertEquals(2, ran.status(), text);
            assertTrue(ran.err().startsWith("sh: "), ran.err());
            assertEquals(1, fresh.unknownCommands().size(), text);
        }
    }

    @Test
    void a_signal_reaches_the_whole_family() {
        String text = """
            trap x=1 TERM
            (sleep 100
            )</dev/null &
            sleep 0.3
            kill -TERM $!
            echo $?
            """;
        long start = System.nanoTime();
        assertEquals("0\n", script(text).out());
        assertTrue(System.nanoTime() - start < 5_000_000_000L);
        assertEquals(new Reply.Ran(124, "", ""), SimMachines.run(machine, List.of("timeout", "0.2", "sleep", "9")));
    }
}
