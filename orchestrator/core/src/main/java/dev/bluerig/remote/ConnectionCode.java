package dev.bluerig.remote;

import dev.bluerig.diagnostic.Code;
import dev.bluerig.diagnostic.CodeFamily;
import dev.bluerig.diagnostic.CodesOf;
import dev.bluerig.diagnostic.Explained;

/// Why a machine could not be reached or was lost.
@CodesOf(CodeFamily.CONNECTION)
public enum ConnectionCode implements Code {
    @Explained(meaning = "The host name does not resolve on this machine.", next = "getent hosts NAME; correct `address` in the inventory")
    NAME_UNKNOWN,
    @Explained(meaning = "No route to the address, or the network is unreachable.",
        next = "ip route get ADDRESS; check the cable and the management network")
    NO_ROUTE,
    @Explained(meaning = "Nothing listens on the SSH port.", next = "check that sshd runs on the machine: systemctl status ssh")
    REFUSED,
    @Explained(meaning = "The machine did not answer in time: powered off, booting, or a firewall drops the connection.",
        next = "ping ADDRESS; a DPU's own firewall drops a source that opens 50 connections a minute: wait 60 s")
    CONNECT_TIMEOUT,
    @Explained(meaning = "The port answers, but not as an SSH server.", next = "check `address` and `port` in the inventory")
    NOT_SSH,
    @Explained(meaning = "The machine's host key is not in known_hosts, so it could be anybody.", next = "bluerig enrol NAME")
    HOST_KEY_UNKNOWN,
    @Explained(meaning = "The machine shows another host key than the one on file: it was reinstalled, or somebody is in between.",
        next = "after a reinstall: bluerig enrol --replace NAME")
    HOST_KEY_CHANGED,
    @Explained(meaning = "The machine shows the host key that is on file for another machine of the inventory: addresses or cables were"
        + " swapped.",
        next = "correct `address` in the inventory; if the machines were really exchanged: bluerig enrol --replace NAME")
    HOST_SWAPPED,
    @Explained(meaning = "The machine refused every key and password that we hold for this user.",
        next = "bluerig enrol NAME to install a key by password; else correct `ssh.user`, `ssh.identity`, `ssh.password`; on the"
        + " machine: journalctl -u ssh")
    LOGIN_REFUSED,
    @Explained(meaning = "The machine allows none of the ways to log in that we hold for this user.",
        next = "give it one that it allows: `ssh.identity` for publickey, `ssh.password` for password and keyboard-interactive; or"
        + " change its sshd_config")
    METHOD_NOT_ALLOWED,
    @Explained(meaning = "The machine allows keys alone for this user, and refused every key that we hold. It refuses a user that does"
        + " not exist, or that its rules shut out, in the same way.",
        next = "correct `ssh.user` and `ssh.identity`; on the machine's console: journalctl -u ssh; sshd_config AllowUsers, DenyUsers,"
        + " AllowGroups, DenyGroups, AuthorizedKeysFile; put the key into authorized_keys of the user")
    KEYS_REFUSED,
    @Explained(meaning = "The machine accepted the key and wants something else as well (sshd_config AuthenticationMethods).",
        next = "where it is the user's password: set `ssh.password`; a code or anything else that changes cannot be given here: on the"
        + " machine, at the end of sshd_config: Match User USER, then AuthenticationMethods publickey")
    KEY_NOT_ENOUGH,
    @Explained(meaning = "The key is installed, and the machine still does not let it in.",
        next = "on the machine: journalctl -u ssh; sshd_config PubkeyAuthentication, AuthorizedKeysFile; modes of the home; or set"
        + " `ssh.password`")
    KEY_NOT_TAKEN,
    @Explained(meaning = "The machine lets only root log in for now: it is still booting, going down, or its keeper closed it"
        + " (pam_nologin).",
        next = "wait and do this again; if it stays so, on the console: cat /run/nologin /etc/nologin; systemctl --failed")
    LOGINS_CLOSED,
    @Explained(meaning = "A password or passphrase that the inventory points to is not there.",
        next = "set the variable or make the file that the inventory names")
    SECRET_MISSING,
    @Explained(meaning = "The identity file cannot be read or its passphrase is wrong.",
        next = "ssh-keygen -y -f FILE; load it into ssh-agent, or set `ssh.passphrase`")
    KEY_UNREADABLE,
    @Explained(meaning = "The password must be changed before the machine can be used (factory state of a DPU image).",
        next = "bluerig enrol NAME; where sudo alone says so: ssh -t NAME passwd, then correct `ssh.sudo_password`")
    PASSWORD_EXPIRED,
    @Explained(meaning = "Client and server share no key exchange, cipher or host key algorithm.",
        next = "ssh -vv NAME; update the older side")
    NO_COMMON_ALGORITHM,
    @Explained(meaning = "Your ssh configuration cannot be followed here, and without it another machine could be reached.",
        next = "ssh -G ADDRESS; take out for this name what is told (docs/ssh.md), or give the machine another `address`")
    CONFIG_NOT_FOLLOWED,
    @Explained(meaning = "The jump host or proxy command of your ssh configuration gave no connection.",
        next = "ssh ADDRESS true; mend what it says")
    PROXY_FAILED,
    @Explained(meaning = "The login shell did not run /bin/sh: the account has no shell, a restricted one or a forced command, or an rc"
        + " file ends, replaces or holds up the shell, or spoils its PATH.",
        next = "ssh NAME 'echo ok' must print ok and end; ssh NAME 'command -v sudo' must find it; getent passwd USER; sshd_config"
        + " ForceCommand; in authorized_keys command=; an rc file should begin with: case $- in *i*) ;; *) return ;; esac")
    SHELL_UNUSABLE,
    @Explained(meaning = "There is no sudo on the machine; doas and its like are not used.",
        next = "install sudo, or log in as root: `ssh.user: root`, `ssh.sudo: none`")
    SUDO_MISSING,
    @Explained(meaning = "sudo asks for a password, and none is given.",
        next = "set `ssh.sudo: password` and `ssh.sudo_password`; or on the machine, by visudo: USER ALL=(ALL) NOPASSWD: ALL")
    SUDO_PASSWORD_WANTED,
    @Explained(meaning = "sudo does not take the password.",
        next = "correct `ssh.sudo_password` (without it, `ssh.password` is used); ssh -t NAME sudo -v")
    SUDO_PASSWORD_WRONG,
    @Explained(meaning = "sudo lets the user run some commands, and /bin/sh is not one of them. Everything runs in one root shell, so"
        + " single commands do not do.",
        next = "on the machine, by visudo: USER ALL=(ALL) ALL, or NOPASSWD: ALL; or log in as root: `ssh.user: root`, `ssh.sudo: none`")
    SUDO_NOT_FOR_SHELL,
    @Explained(meaning = "sudo wants a terminal (requiretty), and a program has none.",
        next = "on the machine, by visudo: Defaults:USER !requiretty")
    SUDO_NEEDS_TERMINAL,
    @Explained(meaning = "sudo refused, and not for want of a password.",
        next = "on the machine: sudo -l; as root, by visudo: USER ALL=(ALL) ALL; or log in as root: `ssh.user: root`, `ssh.sudo: none`")
    SUDO_REFUSED,
    @Explained(meaning = "sudo gave a shell with the rights of another user than root.",
        next = "on the machine: sudo id -u must print 0; in sudoers: runas_default, and rules for (root)")
    NOT_ROOT,
    @Explained(meaning = "The login is good, but the account may not be used: it is locked or over (not its password alone), or a rule"
        + " of the machine forbids it (PAM account).",
        next = "on the machine, as root: chage -l USER; passwd -S USER; journalctl -u ssh; look at /run/nologin,"
        + " /etc/security/access.conf")
    ACCOUNT_REFUSED,
    @Explained(meaning = "The machine's sshd lets nothing be started on the connection, not even alone on one of its own.",
        next = "sshd_config on the machine: MaxSessions (0 allows no shell)")
    SESSION_REFUSED,
    @Explained(meaning = "The connection was cut in the middle. What was running may or may not have ended.",
        next = "bluerig check, when the machine is back")
    CONNECTION_LOST,
    @Explained(meaning = "The DPU is reached through its host, and the host cannot be reached.", next = "mend the host first")
    HOST_UNREACHABLE,
    @Explained(meaning = "The host refused to open a connection to the DPU (its sshd does not run, it is not there, or the host has"
        + " AllowTcpForwarding no).",
        next = "on the host: ping 192.168.100.2; ssh 192.168.100.2; sshd_config AllowTcpForwarding yes")
    CHANNEL_REFUSED,
    @Explained(meaning = "The machine did not take a file: disk full, no such directory, no right to write, or no SFTP.",
        next = "on the machine: df -h; check that sshd_config has a Subsystem sftp")
    UPLOAD_REFUSED,
    @Explained(meaning = "The SSH session stopped answering.", next = "bluerig check, when the machine is back")
    TIMED_OUT
}
