package dev.bluerig.fact.boot;

import dev.bluerig.fact.link.Link;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who sets up a link at boot: where a lasting setting must be written, and what is written there already.
public sealed interface BootOwner {
    /// `connection` is absent when NetworkManager manages the device but has no profile for it. `shared`: it is in use by another device,
    /// too.
    /// `others`: further profiles for Ethernet that NetworkManager may start by itself.
    record NetworkManager(Optional<Connection> connection, boolean shared, List<Connection> others) implements BootOwner {
        public NetworkManager {
            others = List.copyOf(others);
        }

        /// The profile in use, if it is this link's alone: only that one may be modified.
        public Optional<Connection> own(Link link) {
            return connection.filter(profile -> !shared && profile.names(link) && !profile.multiple());
        }
    }

    /// `files`: what those other than ours say.
    record Netplan(dev.bluerig.fact.boot.Netplan files) implements BootOwner {}

    /// systemd-networkd by its own files; the first that matches a link counts.
    record Networkd() implements BootOwner {}

    /// `reads`: /etc/network/interfaces makes ifupdown read our file for the link. `others`: stanzas for the link that are not ours and set
    /// something.
    /// `claims`: what else takes it.
    record Ifupdown(boolean reads, List<InterfacesFile.Stanza> others, List<InterfacesClaim> claims) implements BootOwner {
        public Ifupdown {
            others = List.copyOf(others);
            claims = List.copyOf(claims);
        }
    }

    /// The RHEL network service; `text` of ifcfg-LINK, empty when there is none.
    record Ifcfg(String text) implements BootOwner {}

    /// `unread`: files that look as if they counted, and why they do not.
    record Nobody(List<String> unread) implements BootOwner {
        public Nobody {
            unread = List.copyOf(unread);
        }
    }

    /// A profile of NetworkManager. `device`, `mac`: what it is bound to, empty for any; `matches`: by something else as well. `mtu` is
    /// empty for automatic;
    /// `priority`: of several that fit, the highest is started (nm-settings(5)); `ethtool`: only what is set.
    record Connection(String uuid, String id, String device, String mac, boolean matches, boolean multiple, boolean autoconnect,
        int priority, String mtu,
                      String method4, List<String> addresses4, String method6, List<String> addresses6, Map<String, String> ethtool) {
        public Connection {
            addresses4 = List.copyOf(addresses4);
            addresses6 = List.copyOf(addresses6);
            ethtool = Map.copyOf(ethtool);
        }

        /// Bound to this link and to no other.
        public boolean names(Link link) {
            return fits(link) && !(device.isEmpty() && mac.isEmpty());
        }

        /// It may be started on this link.
        public boolean fits(Link link) {
            return (device.isEmpty() || device.equals(link.name().text()))
                && (mac.isEmpty() || link.mac().filter(mac::equalsIgnoreCase).isPresent());
        }
    }
}
