package dev.bluerig.lab.machine;

import java.util.Locale;

/// What the stand-ins for firmware tools say of a machine's BlueField-2: the host and its DPU see the same card at different addresses.
public record LabCard(LabMachine.Kind side, int number, String mac) {
    /// Name, default, current, next boot: DPU mode with Ethernet ports.
    public static final String CONFIGURATION = """
        INTERNAL_CPU_MODEL EMBEDDED_CPU(1) EMBEDDED_CPU(1) EMBEDDED_CPU(1)
        INTERNAL_CPU_PAGE_SUPPLIER ECPF(0) ECPF(0) ECPF(0)
        INTERNAL_CPU_ESWITCH_MANAGER ECPF(0) ECPF(0) ECPF(0)
        INTERNAL_CPU_IB_VPORT0 ECPF(0) ECPF(0) ECPF(0)
        INTERNAL_CPU_OFFLOAD_ENGINE ENABLED(0) ENABLED(0) ENABLED(0)
        LINK_TYPE_P1 ETH(2) ETH(2) ETH(2)
        LINK_TYPE_P2 ETH(2) ETH(2) ETH(2)
        """;

    public static LabCard of(LabMachine.Kind side, int number, String mac) {
        return new LabCard(side, number, mac.replace(":", ""));
    }

    /// Lines for `/var/lib/lab/card`.
    public String text() {
        return switch (side) {
            case HOST -> "side=host\nslot=b1:00\nnetdevs=ens5f0np0 ens5f1np1\n";
            case DPU -> "side=dpu\nslot=03:00\nnetdevs=p0 p1\n";
        } + """
            type=BlueField2
            mst=mt41686
            part=MBF2H332A-AECO_Ax_Bx
            opn=MBF2H332A-AECOT
            description=BlueField-2 P-Series DPU 25GbE Dual-Port SFP56; PCIe Gen4 x8; Crypto Enabled; 16GB on-board DDR; 1GbE OOB management; HHHL
            psid=MT_0000000541
            fw=24.35.1012
            fw_running=24.35.1012
            security=secure-fw
            level=PRIVILEGED
            """ + "guid=" + mac.substring(0, 6) + "0300" + mac.substring(6) + "\nmac=" + mac + "\n"
            + String.format(Locale.ROOT, "serial=MT2121X%05d%n", 28 + number);
    }
}
