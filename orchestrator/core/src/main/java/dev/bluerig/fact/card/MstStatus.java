package dev.bluerig.fact.card;

import dev.bluerig.fact.SafeValues;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.remote.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What `mst status -v` lists. Rows are anchored on the /dev/mst path and the PCI address, never on columns: MFT 4.34 adds
/// columns, cells are empty or wrapped onto the next line, and other makers' devices stand between.
/// Before `mst start` the rows are there too, with `NA` in the place of the path; a virtual function has no type either.
public record MstStatus(boolean configurationModule, List<Device> devices) {
    public static final Command COMMAND = Command.of("mst", "status", "-v");

    private static final Pattern ROW = Pattern.compile("^\\s*(?:(\\S+?) ?\\(rev:\\w+\\)|NA)\\s+(/dev/mst/\\S+|NA)(.*)$");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+");

    public MstStatus {
        devices = List.copyOf(devices);
    }

    /// `type` as printed (`BlueField2`); `path` is /dev/mst/...; a `pci_cr` twin is a device of its own.
    public record Device(Optional<String> type, Optional<String> path, Optional<PciAddress> pci, List<String> rdma,
        List<LinkName> netdevs) {
        public Device {
            rdma = List.copyOf(rdma);
            netdevs = List.copyOf(netdevs);
        }
    }

    public static MstStatus parse(String text) {
        var devices = new ArrayList<Device>();
        var row = new StringBuilder();
        boolean local = true;
        for (String line : text.lines().toList()) {
            boolean heading = heading(line);
            boolean ends = heading || line.isBlank() || line.strip().equals(".") || ROW.matcher(line).matches();
            if (ends) {
                if (local) add(row.toString(), devices);
                row.setLength(0);
            }
            if (heading) local = line.strip().startsWith("PCI devices");
            else if (!line.isBlank() && (ends || !row.isEmpty())) row.append(row.isEmpty() ? "" : " ").append(line);
        }
        if (local) add(row.toString(), devices);
        return new MstStatus(text.contains("MST PCI configuration module loaded"), devices);
    }

    /// `PCI devices:`, `Inband devices:`, `SampleCable devices:`: a heading ends a table, and what is below another one than that of PCI is
    /// no function of this machine.
    private static boolean heading(String line) {
        String text = line.strip();
        return text.endsWith(":") && !text.isEmpty() && Character.isLetter(text.charAt(0)) && text.indexOf("/dev/") < 0;
    }

    private static void add(String line, List<Device> devices) {
        Matcher row = ROW.matcher(line);
        if (!row.matches()) return;
        var cells = new Cells();
        row.group(3).strip().lines().flatMap(rest -> Pattern.compile("\\s+").splitAsStream(rest)).forEach(cells::take);
        devices.add(new Device(Optional.ofNullable(row.group(1)), Optional.of(row.group(2)).filter(path -> path.startsWith("/")),
            cells.pci, cells.rdma, cells.netdevs));
    }

    /// The cells right of the path: address, RDMA names, netdevs (each with `net-`), NUMA node, newer columns.
    private static final class Cells {
        private Optional<PciAddress> pci = Optional.empty();
        private final List<String> rdma = new ArrayList<>();
        private final List<LinkName> netdevs = new ArrayList<>();
        private boolean open;      // a netdev's name or the rest of a list must follow
        private boolean afterNet;  // only NUMA and newer columns follow

        private void take(String cell) {
            if (cell.isEmpty()) return;
            if (open || cell.startsWith("net-")) net(cell);
            else if (afterNet || NUMBER.matcher(cell).matches()) afterNet = true;
            else if (pci.isEmpty()) pci = SafeValues.pci(cell);
            else for (String name : cell.split(",")) if (!name.isEmpty()) rdma.add(name);
        }

        private void net(String cell) {
            for (String name : cell.split(","))
                SafeValues.link(name.startsWith("net-") ? name.substring("net-".length()) : name).ifPresent(netdevs::add);
            open = cell.endsWith("net-") || cell.endsWith(",");
            afterNet = !open;
        }
    }
}
