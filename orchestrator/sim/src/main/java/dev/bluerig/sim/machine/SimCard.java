package dev.bluerig.sim.machine;

import java.util.LinkedHashMap;
import java.util.Map;

/// A BlueField-2 in a host, seen from both sides. Texts in the shapes of the real tools; MBF2M516A-CECO and MT_0000000375 are
/// a pair that was seen, their crypto-disabled sister is this lab's invention.
public final class SimCard {
    /// Parameters of `mlxconfig`: default, current, next boot.
    public record Parameter(String standard, String current, String next) {
        Parameter then(String fresh) {
            return new Parameter(standard, current, fresh);
        }
    }

    private final String hostSlot;
    private final boolean crypto;
    private final boolean nicMode;
    private final String serial;
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();

    SimCard(String hostSlot, String serial, boolean crypto, boolean nicMode) {
        this.hostSlot = hostSlot;
        this.serial = serial;
        this.crypto = crypto;
        this.nicMode = nicMode;
        set("MEMIC_BAR_SIZE", "0");
        set("INTERNAL_CPU_MODEL", "EMBEDDED_CPU(1)");
        set("INTERNAL_CPU_PAGE_SUPPLIER", nicMode ? "EXT_HOST_PF(1)" : "ECPF(0)");
        set("INTERNAL_CPU_ESWITCH_MANAGER", nicMode ? "EXT_HOST_PF(1)" : "ECPF(0)");
        set("INTERNAL_CPU_IB_VPORT0", nicMode ? "EXT_HOST_PF(1)" : "ECPF(0)");
        set("INTERNAL_CPU_OFFLOAD_ENGINE", nicMode ? "DISABLED(1)" : "ENABLED(0)");
        set("LINK_TYPE_P1", "ETH(2)");
        set("LINK_TYPE_P2", "ETH(2)");
        set("NUM_OF_VFS", "16");
        set("SRIOV_EN", "True(1)");
    }

    private void set(String name, String value) {
        parameters.put(name, new Parameter(value, value, value));
    }

    public String hostSlot() {
        return hostSlot;
    }

    /// Where the Arm cores see their own card.
    public String armSlot() {
        return "0000:03:00";
    }

    public String serial() {
        return serial;
    }

    public boolean crypto() {
        return crypto;
    }

    public boolean nicMode() {
        return nicMode;
    }

    public String firmware() {
        return "24.41.1000";
    }

    public String psid() {
        return crypto ? "MT_0000000375" : "SIM0000000001";
    }

    public String partNumber() {
        return crypto ? "MBF2M516A-CECO_Ax" : "MBF2M516A-CESO_Ax";
    }

    public String description() {
        return "BlueField-2 DPU 100GbE Dual-Port QSFP56; PCIe Gen4 x16; Secure Boot Enabled; "
            + (crypto ? "Crypto Enabled" : "Crypto Disabled") + "; 16GB on-board DDR; 1GbE OOB management; FHHL";
    }

    public synchronized Map<String, Parameter> parameters() {
        return new LinkedHashMap<>(parameters);
    }

    /// For the next boot, as `mlxconfig set` does. False: no such parameter.
    public synchronized boolean plan(String name, String value) {
        return parameters.computeIfPresent(name, (same, parameter) -> parameter.then(value)) != null;
    }
}
