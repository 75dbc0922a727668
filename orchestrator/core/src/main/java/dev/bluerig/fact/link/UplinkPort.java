package dev.bluerig.fact.link;

import dev.bluerig.inventory.LinkName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which of the netdevs of one PCI function is the port itself, the others being representors of what hangs behind its switch.
///
/// `portNames`: `phys_port_name` by netdev, as the kernel makes it (`__devlink_port_phys_port_name_get` in net/devlink/port.c): `p0`, of a
/// port that is split `p0s1`, on a line card `l2p0`; representors `pf0`, `pf0hpf`, `pf0vf3`, `c1pf0sf5`. mlx5 before Linux 5.1 numbers
/// its representors, `0`, `1`, and gives the uplink no name.
record UplinkPort(Map<String, String> portNames) {
    private static final Pattern UPLINK = Pattern.compile("(l\\d+)?p\\d+(s\\d+)?");
    private static final Pattern REPRESENTOR = Pattern.compile("(c\\d+)?pf\\d+(hpf|vf\\d+|sf\\d+)?");
    private static final Pattern NUMBERED = Pattern.compile("\\d+");
    /// What udev makes of port names where NVIDIA's or systemd's rules name netdevs: `p0`, `ens1f0np0`, `pf0hpf`, `en3f0pf0sf0`,
    /// `ens1f0npf0vf3`.
    private static final Pattern NAMED_UPLINK = Pattern.compile("p\\d+|en[a-zA-Z0-9]*np\\d+");
    private static final Pattern NAMED_REPRESENTOR = Pattern.compile("(en[a-zA-Z0-9]*?)?(c\\d+)?pf\\d+(hpf|vf\\d+|sf\\d+)");

    private enum Position { PORT, BEHIND, UNTOLD }

    static UplinkPort among(Map<String, String> portNames) {
        return new UplinkPort(Map.copyOf(portNames));
    }

    static boolean isOne(Link link) {
        return link.portName().map(UPLINK::matcher).orElseGet(() -> NAMED_UPLINK.matcher(link.name().text())).matches();
    }

    /// One netdev alone is the port, unless it is known to be a representor. Of several, the one that is known to be; or the one that is
    /// left when all others are known to be representors. Never by the order of their names.
    Optional<LinkName> of(List<LinkName> netdevs) {
        boolean told = netdevs.stream().anyMatch(name -> portNames.containsKey(name.text()));
        boolean alone = netdevs.size() == 1;
        var ports = netdevs.stream().filter(name -> place(name, told, alone) == Position.PORT).toList();
        var untold = netdevs.stream().filter(name -> place(name, told, alone) == Position.UNTOLD).toList();
        if (ports.size() == 1 && (told || untold.isEmpty())) return Optional.of(ports.getFirst());
        return ports.isEmpty() && untold.size() == 1 ? Optional.of(untold.getFirst()) : Optional.empty();
    }

    private Position place(LinkName netdev, boolean told, boolean alone) {
        String name = told ? portNames.getOrDefault(netdev.text(), "") : netdev.text();
        if ((told ? UPLINK : NAMED_UPLINK).matcher(name).matches()) return Position.PORT;
        if ((told ? REPRESENTOR : NAMED_REPRESENTOR).matcher(name).matches()) return Position.BEHIND;
        return told && !alone && NUMBERED.matcher(name).matches() ? Position.BEHIND : Position.UNTOLD;
    }
}
