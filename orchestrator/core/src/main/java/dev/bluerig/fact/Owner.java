package dev.bluerig.fact;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who sets up a link at boot: where a lasting setting must be written, and what is written there already.
public sealed interface Owner {
    /// `connection` is absent when NetworkManager manages the device but has no profile for it.
    record NetworkManager(Optional<Connection> connection) implements Owner {}

    /// `entries`: what files other than ours say of this link. Definitions of one id are merged by netplan, lists joined.
    record Netplan(List<Definition> entries) implements Owner {
        public Netplan {
            entries = List.copyOf(entries);
        }
    }

    /// `configured`: a .network file applies to the link today. systemd-networkd uses only the first file that matches.
    record Networkd(boolean configured) implements Owner {}

    /// `includes`: /etc/network/interfaces reads interfaces.d. `described`: other files have a stanza for the link.
    record Ifupdown(boolean includes, boolean described) implements Owner {}

    /// The RHEL network service; `text` of ifcfg-LINK, empty when there is none.
    record Ifcfg(String text) implements Owner {}

    record Nobody() implements Owner {}

    /// For people.
    default String words() {
        return switch (this) {
            case NetworkManager networkManager -> "NetworkManager";
            case Netplan netplan -> "netplan";
            case Networkd networkd -> "systemd-networkd";
            case Ifupdown ifupdown -> "ifupdown";
            case Ifcfg ifcfg -> "ifcfg files";
            case Nobody nobody -> "nobody";
        };
    }

    /// A profile of NetworkManager. `mtu` is empty for automatic; `ethtool`: only what is set.
    record Connection(String uuid, String id, String mtu, String method4, List<String> addresses4, String method6, List<String> addresses6,
                      Map<String, String> ethtool) {
        public Connection {
            addresses4 = List.copyOf(addresses4);
            addresses6 = List.copyOf(addresses6);
            ethtool = Map.copyOf(ethtool);
        }
    }

    /// What a netplan file says of one device. `name`, `mac`: what it matches; its own id when it matches nothing else.
    record Definition(String file, String section, String id, Optional<String> name, Optional<String> mac, List<String> addresses, boolean dhcp) {
        public Definition {
            addresses = List.copyOf(addresses);
        }
    }
}
