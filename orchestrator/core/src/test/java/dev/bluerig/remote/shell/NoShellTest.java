package dev.bluerig.remote.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.remote.ConnectionCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What sudo 1.8.27 to 1.9.17, sudo-rs 0.2.9, OpenSSH and login shells say in place of a shell, each with its cause.
class NoShellTest {
    private static NoShell said(String text) {
        return new NoShell(true, true, NoShell.Cause.ENDED, 1, text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        sudo: Account or password is expired, reset your password and try again | PASSWORD_EXPIRED
        sudo: Account or password is expired, reset your password and try again\\n[sudo] password for ops: sudo: unable to change expired password: Authentication token manipulation error\\nsudo: a password is required | PASSWORD_EXPIRED
        sudo: unable to change expired password: Authentication token manipulation error | PASSWORD_EXPIRED
        sudo: Password expired, contact your system administrator | PASSWORD_EXPIRED
        WARNING: Your password has expired.\\nPassword change required but no TTY available. | PASSWORD_EXPIRED
        You are required to change your password immediately (administrator enforced). | PASSWORD_EXPIRED
        sudo: sorry, you must change your password | PASSWORD_EXPIRED
        PROMPTsudo: Account or password is expired, reset your password and try again | PASSWORD_EXPIRED
        WARNING: Your password has expired.\\nYou must change your password now and login again! | PASSWORD_EXPIRED
        Please change your password regularly.\\nsudo: a password is required | SUDO_PASSWORD_WANTED
        You must change your password every 90 days.\\nops is not in the sudoers file. | SUDO_REFUSED
        Call the help desk if your password has expired.\\nSorry, user ops may not run sudo on node. | SUDO_REFUSED
        sudo: account validation failure, is your account locked? | ACCOUNT_REFUSED
        sudo: Account validation failure, is your account locked? | ACCOUNT_REFUSED
        sudo: Account expired or PAM config lacks an "account" section for sudo, contact your system administrator | ACCOUNT_REFUSED
        sudo: your account has expired | ACCOUNT_REFUSED
        sudo: PAM account management error: Permission denied | ACCOUNT_REFUSED
        sudo: sorry, you must have a tty to run sudo | SUDO_NEEDS_TERMINAL
        Sorry, user ops is not allowed to execute '/bin/sh' as root on node. | SUDO_NOT_FOR_SHELL
        sudo: Sorry, user ops may not run /bin/sh on node. | SUDO_NOT_FOR_SHELL
        ops is not in the sudoers file.  This incident will be reported. | SUDO_REFUSED
        ops is not allowed to run sudo on node. | SUDO_REFUSED
        Sorry, user ops may not run sudo on node. | SUDO_REFUSED
        sudo: I'm sorry ops. I'm afraid I can't do that | SUDO_REFUSED
        sudo: Sorry, user ops is not allowed to authenticate as root. | SUDO_REFUSED
        Sorry, try again.\\n\\nsudo: no password was provided\\nsudo: 1 incorrect password attempt | SUDO_PASSWORD_WRONG
        sudo: maximum 3 incorrect authentication attempts | SUDO_PASSWORD_WRONG
        sudo: a password is required | SUDO_PASSWORD_WANTED
        sudo: sorry, a password is required to run sudo | SUDO_PASSWORD_WANTED
        sudo: interactive authentication is required | SUDO_PASSWORD_WANTED
        sudo: a terminal is required to read the password; either use the -S option to read from standard input or configure an askpass helper | SUDO_PASSWORD_WANTED
        sudo: no tty present and no askpass program specified | SUDO_PASSWORD_WANTED
        bash: line 1: exec: sudo: not found | SUDO_MISSING
        /bin/sh: 1: exec: sudo: not found | SUDO_MISSING
        sh: exec: line 1: sudo: not found | SUDO_MISSING
        zsh:1: command not found: sudo | SUDO_MISSING
        fish: Unknown command: sudo | SUDO_MISSING
        sudo: Command not found. | SUDO_MISSING
        /bin/mksh: sudo: inaccessible or not found | SUDO_MISSING
        env: ‘sudo’: No such file or directory | SUDO_MISSING
        env: 'sudo': No such file or directory | SUDO_MISSING
        env: Command not found. | SUDO_MISSING
        /bin/sh: 1: exec: env: not found | SUDO_MISSING
        rbash: line 1: exec: restricted | SHELL_UNUSABLE
        sudo: /bin/sh: command not found | SUDO_REFUSED
        sudo: /usr/bin/sudo must be owned by uid 0 and have the setuid bit set | SUDO_REFUSED
        sudo: The "no new privileges" flag is set, which prevents sudo from running as root. | SUDO_REFUSED
        sudo: no valid sudoers sources found, quitting | SUDO_REFUSED
        """)
    void whatSudoSays(String text, ConnectionCode reason) {
        assertEquals(reason, said(text.replace("\\n", "\n")).reason());
    }

    @Test
    void without_the_first_word_it_is_the_login_shell() {
        for (String text : new String[] {"This account is currently not available.", "", "Sat Nov 28 16:00:00 UTC 2026",
            "sudo: a password is required"})
            assertEquals(ConnectionCode.SHELL_UNUSABLE, new NoShell(true, false, NoShell.Cause.ENDED, 0, text).reason(), text);
        assertEquals(ConnectionCode.PASSWORD_EXPIRED,
            new NoShell(true, false, NoShell.Cause.ENDED, 1, "Password change required but no TTY available.").reason());
        assertEquals(ConnectionCode.SHELL_UNUSABLE, new NoShell(false, true, NoShell.Cause.ENDED, 127,
            "exec: /bin/sh: not found").reason());
        assertEquals(ConnectionCode.SUDO_MISSING, new NoShell(true, true, NoShell.Cause.ENDED, 127, "").reason());
    }

    @Test
    void the_text_says_what_happened() {
        assertEquals("logged in, but the login shell did not come to run what it was asked for; it ended without a word, exit status 0",
            new NoShell(true, false, NoShell.Cause.ENDED, 0, " ").text(30));
        assertEquals("logged in, but the login shell did not come to run what it was asked for, and nothing more came within 30 s",
            new NoShell(false, false, NoShell.Cause.SILENT, -1, "").text(30));
        assertEquals("logged in, but sudo did not start a root shell; it said: b / c / d", said("a\nb\nc\nd\n").text(30));
    }

    @Test
    void rules_are_read_from_sudos_list() {
        String listed = """
            Matching Defaults entries for ops on node:
                env_reset, mail_badpass, use_pty

            User ops may run the following commands on node:
                (root) NOPASSWD: /usr/sbin/ip, /usr/bin/id
                (ALL) /usr/bin/less
            """;
        assertEquals("(root) NOPASSWD: /usr/sbin/ip, /usr/bin/id; (ALL) /usr/bin/less", NoShell.granted(listed));
        assertEquals("", NoShell.granted("User ops is not allowed to run sudo on node.\n"));
    }

    @Test
    void sudo_that_is_there_is_not_missing() {
        assertEquals("sudo is there, at /usr/bin/sudo: the PATH of the login shell does not lead to it (`/nonexistent`); an rc file"
            + " sets it, such as ~/.bashrc, ~/.zshenv, ~/.ssh/environment",
            NoShell.hidden("welcome\n/nonexistent\n/usr/bin/sudo\n/bin/sudo\n").orElseThrow());
        assertTrue(NoShell.hidden("\n/usr/local/bin/sudo\n").orElseThrow().contains("(``)"));
        assertEquals(java.util.Optional.empty(), NoShell.hidden("/usr/bin:/usr/bin/sudo\n"));
        assertEquals(java.util.Optional.empty(), NoShell.hidden(""));
    }

    @Test
    void want_of_rights_is_noted() {
        var user = java.util.OptionalLong.of(1000);
        assertTrue(MissingRights.noted("grep: /etc/shadow: Permission denied\n", user)
            .endsWith("\nbluerig: not root: this ran as user 1000, because `ssh.sudo` is none"));
        assertTrue(MissingRights.noted("RTNETLINK answers: Operation not permitted", user).contains("not root"));
        assertFalse(MissingRights.noted("No such file or directory", user).contains("not root"));
        assertEquals("Permission denied", MissingRights.noted("Permission denied", java.util.OptionalLong.of(0)));
        assertEquals("Permission denied", MissingRights.noted("Permission denied", java.util.OptionalLong.empty()));
    }
}
