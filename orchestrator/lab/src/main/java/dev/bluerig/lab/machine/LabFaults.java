package dev.bluerig.lab.machine;

/// What goes wrong with machines in the field, done to one machine of a lab; each ends with the lab or with its opposite.
public record LabFaults(MachineExec machine) {
    /// No more logins: the listening sshd and every session end.
    public void killSshd() throws LabFailed {
        machine.run("pkill", "-KILL", "-x", "sshd");
    }

    public void startSshd() throws LabFailed {
        machine.output("/usr/sbin/sshd");
    }

    /// The sessions that are open now are cut; new ones are accepted.
    public void cutSessions() throws LabFailed {
        machine.run("pkill", "-KILL", "-f", "^sshd: (root|lab|ubuntu)");
    }

    /// Every write to a file ends with "No space left on device".
    public void fillDisk() throws LabFailed {
        machine.run("dd", "if=/dev/zero", "of=/var/tmp/full", "bs=64k");
        if (!machine.output("df", "--output=avail", "/").lines().skip(1).findFirst().orElse("").strip().equals("0"))
            throw new LabFailed(machine.name() + ": the disk is not full: " + machine.output("df", "/"));
    }

    public void freeDisk() throws LabFailed {
        machine.output("rm", "-f", "/var/tmp/full");
    }

    /// This program hangs for an hour instead of doing its work; it is found first on every PATH, sudo's too.
    public void hang(String program) throws LabFailed {
        machine.output("mkdir", "-p", "/usr/local/bin");
        machine.output("cp", "/usr/lib/bluerig-lab/hang", "/usr/local/bin/" + program);
    }

    /// This program is not installed.
    public void remove(String program) throws LabFailed {
        for (String directory : new String[] {"/usr/local/bin/", "/usr/bin/", "/usr/sbin/"})
            machine.output("rm", "-f", directory + program);
    }

    public void unhang(String program) throws LabFailed {
        machine.output("rm", "-f", "/usr/local/bin/" + program);
    }

    /// Another host key, as after a reinstall.
    public void changeHostKey() throws LabFailed {
        machine.output("rm", "-f", "/etc/ssh/ssh_host_ed25519_key", "/etc/ssh/ssh_host_ed25519_key.pub");
        machine.output("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "/etc/ssh/ssh_host_ed25519_key");
    }

    /// What the stand-ins for firmware tools say: a key of the card (`description`, `fw_running`, `level`) gets another value.
    public void card(String key, String value) throws LabFailed {
        if (!key.matches("[a-z_]+") || !value.matches("[A-Za-z0-9 .,:;_()-]+"))
            throw new LabFailed("not a key and value of a card: " + key + "=" + value);
        machine.output("sed", "-i", "s/^" + key + "=.*/" + key + "=" + value + "/", "/var/lib/lab/card");
    }

    /// Another card, whose crypto is disabled, by every source that tells. In the namespace lab it is there at once, in the kernel
    /// lab with the next boot of the guest, as for a card that somebody exchanges. To be done to a host and to its DPU.
    public void disableCrypto() throws LabFailed {
        card("description", "BlueField-2 P-Series DPU 25GbE Dual-Port SFP56; PCIe Gen4 x8; Crypto Disabled; 16GB on-board DDR; 1GbE OOB"
            + " management; HHHL");
        card("part", "MBF2H332A-AENO_Ax_Bx");
        card("opn", "MBF2H332A-AENOT");
    }

    /// NIC mode is set and waits for a power cycle: to be done to a host and to its DPU. In the kernel lab a reboot of the guest is one.
    public void planNicMode() throws LabFailed {
        pending("INTERNAL_CPU_OFFLOAD_ENGINE", "DISABLED(1)");
        for (String owner : new String[] {"PAGE_SUPPLIER", "ESWITCH_MANAGER", "IB_VPORT0"})
            pending("INTERNAL_CPU_" + owner, "EXT_HOST_PF(1)");
    }

    /// What a power cycle does to a card alone, where its machines cannot be rebooted: settings that waited are in force, and NIC mode
    /// takes a DPU's ports away.
    public void cycleCard() throws LabFailed {
        machine.output("sed", "-i", "-E", "s/^([^ ]+ [^ ]+) [^ ]+ ([^ ]+)$/\\1 \\2 \\2/", "/var/lib/lab/mlxconfig");
        machine.output("/usr/lib/bluerig-lab/mode");
    }

    /// A setting that waits for a reset: the value of the next boot differs from the current one.
    public void pending(String parameter, String next) throws LabFailed {
        machine.output("sed", "-i", "-E", "s/^(" + parameter + " [^ ]+ [^ ]+) .*/\\1 " + next + "/", "/var/lib/lab/mlxconfig");
    }
}
