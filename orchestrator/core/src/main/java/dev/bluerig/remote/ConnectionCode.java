package dev.bluerig.remote;

import dev.bluerig.diagnostic.Code;
import dev.bluerig.diagnostic.CodeFamily;

/// Why a machine could not be reached or was lost.
public enum ConnectionCode implements Code {
    NAME_UNKNOWN("The host name does not resolve on this machine.", "getent hosts NAME; correct `address` in the inventory"),
    NO_ROUTE("No route to the address, or the network is unreachable.", "ip route get ADDRESS; check the cable and the management network"),
    REFUSED("Nothing listens on the SSH port.", "check that sshd runs on the machine: systemctl status ssh"),
    CONNECT_TIMEOUT("The machine did not answer in time: powered off, booting, or a firewall drops the connection.",
        "ping ADDRESS; a DPU's own firewall drops a source that opens 50 connections a minute: wait 60 s"),
    NOT_SSH("The port answers, but not as an SSH server.", "check `address` and `port` in the inventory"),
    HOST_KEY_UNKNOWN("The machine's host key is not in known_hosts, so it could be anybody.", "bluerig enrol NAME"),
    HOST_KEY_CHANGED("The machine shows another host key than the one on file: it was reinstalled, or somebody is in between.",
        "after a reinstall: bluerig enrol --replace NAME"),
    HOST_SWAPPED("The machine shows the host key that is on file for another machine of the inventory: addresses or cables were swapped.",
        "correct `address` in the inventory; if the machines were really exchanged: bluerig enrol --replace NAME"),
    LOGIN_REFUSED("The machine refused every key and password that we hold for this user.",
        "bluerig enrol NAME to install a key by password; else correct `ssh.user`, `ssh.identity`, `ssh.password`; on the machine:"
        + " journalctl -u ssh"),
    METHOD_NOT_ALLOWED("The machine allows none of the ways to log in that we hold for this user.",
        "give it one that it allows: `ssh.identity` for publickey, `ssh.password` for password and keyboard-interactive; or change its"
        + " sshd_config"),
    KEYS_REFUSED("The machine allows keys alone for this user, and refused every key that we hold. It refuses a user that does not"
        + " exist, or that its rules shut out, in the same way.",
        "correct `ssh.user` and `ssh.identity`; on the machine's console: journalctl -u ssh; sshd_config AllowUsers, DenyUsers,"
        + " AllowGroups, DenyGroups, AuthorizedKeysFile; put the key into authorized_keys of the user"),
    KEY_NOT_ENOUGH("The machine accepted the key and wants something else as well (sshd_config AuthenticationMethods).",
        "where it is the user's password: set `ssh.password`; a code or anything else that changes cannot be given here: on the"
        + " machine, at the end of sshd_config: Match User USER, then AuthenticationMethods publickey"),
    KEY_NOT_TAKEN("The key is installed, and the machine still does not let it in.",
        "on the machine: journalctl -u ssh; sshd_config PubkeyAuthentication, AuthorizedKeysFile; "
            + "modes of the home; or set `ssh.password`"),
    LOGINS_CLOSED("The machine lets only root log in for now: it is still booting, going down, or its keeper closed it (pam_nologin).",
        "wait and do this again; if it stays so, on the console: cat /run/nologin /etc/nologin; systemctl --failed"),
    SECRET_MISSING("A password or passphrase that the inventory points to is not there.",
        "set the variable or make the file that the inventory names"),
    KEY_UNREADABLE("The identity file cannot be read or its passphrase is wrong.",
        "ssh-keygen -y -f FILE; load it into ssh-agent, or set `ssh.passphrase`"),
    PASSWORD_EXPIRED("The password must be changed before the machine can be used (factory state of a DPU image).",
        "bluerig enrol NAME; where sudo alone says so: ssh -t NAME passwd, then correct `ssh.sudo_password`"),
    NO_COMMON_ALGORITHM("Client and server share no key exchange, cipher or host key algorithm.", "ssh -vv NAME; update the older side"),
    CONFIG_NOT_FOLLOWED("Your ssh configuration cannot be followed here, and without it another machine could be reached.",
        "ssh -G ADDRESS; take out for this name what is told (docs/ssh.md), or give the machine another `address`"),
    PROXY_FAILED("The jump host or proxy command of your ssh configuration gave no connection.", "ssh ADDRESS true; mend what it says"),
    SHELL_UNUSABLE("The login shell did not run /bin/sh: the account has no shell, a restricted one or a forced command, or an rc file"
        + " ends, replaces or holds up the shell, or spoils its PATH.",
        "ssh NAME 'echo ok' must print ok and end; ssh NAME 'command -v sudo' must find it; getent passwd USER; sshd_config"
        + " ForceCommand; in authorized_keys command=; an rc file should begin with: case $- in *i*) ;; *) return ;; esac"),
    SUDO_MISSING("There is no sudo on the machine; doas and its like are not used.",
        "install sudo, or log in as root: `ssh.user: root`, `ssh.sudo: none`"),
    SUDO_PASSWORD_WANTED("sudo asks for a password, and none is given.",
        "set `ssh.sudo: password` and `ssh.sudo_password`; or on the machine, by visudo: USER ALL=(ALL) NOPASSWD: ALL"),
    SUDO_PASSWORD_WRONG("sudo does not take the password.", "correct `ssh.sudo_password` (without it, `ssh.password` is used); ssh -t"
        + " NAME sudo -v"),
    SUDO_NOT_FOR_SHELL("sudo lets the user run some commands, and /bin/sh is not one of them. Everything runs in one root shell, so"
        + " single commands do not do.",
        "on the machine, by visudo: USER ALL=(ALL) ALL, or NOPASSWD: ALL; or log in as root: `ssh.user: root`, `ssh.sudo: none`"),
    SUDO_NEEDS_TERMINAL("sudo wants a terminal (requiretty), and a program has none.",
        "on the machine, by visudo: Defaults:USER !requiretty"),
    SUDO_REFUSED("sudo refused, and not for want of a password.", "on the machine: sudo -l; as root, by visudo: USER ALL=(ALL) ALL; or"
        + " log in as root: `ssh.user: root`, `ssh.sudo: none`"),
    NOT_ROOT("sudo gave a shell with the rights of another user than root.",
        "on the machine: sudo id -u must print 0; in sudoers: runas_default, and rules for (root)"),
    ACCOUNT_REFUSED("The login is good, but the account may not be used: it is locked or over (not its password alone), or a rule of"
        + " the machine forbids it (PAM account).",
        "on the machine, as root: chage -l USER; passwd -S USER; journalctl -u ssh; look at /run/nologin, /etc/security/access.conf"),
    SESSION_REFUSED("The machine's sshd lets nothing be started on the connection, not even alone on one of its own.",
        "sshd_config on the machine: MaxSessions (0 allows no shell)"),
    CONNECTION_LOST("The connection was cut in the middle. What was running may or may not have ended.",
        "bluerig check, when the machine is back"),
    HOST_UNREACHABLE("The DPU is reached through its host, and the host cannot be reached.", "mend the host first"),
    CHANNEL_REFUSED("The host refused to open a connection to the DPU (its sshd does not run, it is not there, or the host has"
        + " AllowTcpForwarding no).",
        "on the host: ping 192.168.100.2; ssh 192.168.100.2; sshd_config AllowTcpForwarding yes"),
    UPLOAD_REFUSED("The machine did not take a file: disk full, no such directory, no right to write, or no SFTP.",
        "on the machine: df -h; check that sshd_config has a Subsystem sftp"),
    TIMED_OUT("The SSH session stopped answering.", "bluerig check, when the machine is back");

    private final String meaning;
    private final String next;

    ConnectionCode(String meaning, String next) {
        this.meaning = meaning;
        this.next = next;
    }

    @Override
    public CodeFamily family() {
        return CodeFamily.CONNECTION;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public String next() {
        return next;
    }
}
