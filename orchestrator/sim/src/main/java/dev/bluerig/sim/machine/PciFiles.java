package dev.bluerig.sim.machine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What sysfs says of the PCI function of a port (Documentation/ABI/testing/sysfs-bus-pci, sysfs-bus-pci-devices-aer_stats).
final class PciFiles {
    private static final List<String> CORRECTABLE =
        List.of("RxErr", "BadTLP", "BadDLLP", "Rollover", "Timeout", "NonFatalErr", "CorrIntErr", "HeaderOF");
    private static final List<String> UNCORRECTABLE =
        List.of("Undefined", "DLP", "SDES", "TLP", "FCP", "CmpltTO", "CmpltAbrt", "UnxCmplt", "RxOF", "MalfTLP", "ECRC",
        "UnsupReq", "ACSViol", "UncorrIntErr", "BlockedTLP", "AtomicOpBlocked", "TLPBlockedErr", "PoisonTLPBlocked");

    private PciFiles() {}

    static Map<String, String> of(SimMachine machine, String pci) {
        boolean slow = machine.tlsFaults().has(TlsFault.SLOW_CARD);
        var files = new LinkedHashMap<String, String>();
        files.put("vendor", "0x15b3\n");
        files.put("device", "0xa2d6\n");
        files.put("numa_node", "0\n");
        files.put("local_cpulist", "0-7\n");
        files.put("current_link_speed", slow ? "8.0 GT/s PCIe\n" : "16.0 GT/s PCIe\n");
        files.put("max_link_speed", "16.0 GT/s PCIe\n");
        files.put("current_link_width", slow ? "4\n" : "16\n");
        files.put("max_link_width", "16\n");
        files.put("aer_dev_correctable", none(CORRECTABLE, "TOTAL_ERR_COR"));
        files.put("aer_dev_fatal", none(UNCORRECTABLE, "TOTAL_ERR_FATAL"));
        files.put("aer_dev_nonfatal", none(UNCORRECTABLE, "TOTAL_ERR_NONFATAL"));
        return files;
    }

    private static String none(List<String> names, String total) {
        var text = new StringBuilder();
        names.forEach(name -> text.append(name).append(" 0\n"));
        return text.append(total).append(" 0\n").toString();
    }
}
