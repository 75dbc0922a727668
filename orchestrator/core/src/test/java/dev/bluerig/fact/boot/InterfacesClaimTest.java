package dev.bluerig.fact.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.fact.link.Link;
import dev.bluerig.inventory.LinkName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which lines of ifupdown's files take a link that has no stanza of its own name, or one that puts it into a master.
class InterfacesClaimTest {
    private static final Link PORT = new Link(new LinkName("ens5f0np0"), 4, Optional.empty(), true, true, 1500, Optional.empty(),
        Optional.of("b8:3f:d2:00:00:04"),
        Optional.empty(), Optional.empty(), List.of("enp177s0f0np0"), Optional.of("0000:b1:00.0"), List.of());

    private static List<String> claims(String text) {
        var file = InterfacesFile.of(Map.of("/etc/network/interfaces", "source /etc/network/interfaces.d/*\n" + text,
            "/etc/network/interfaces.d/bluerig-ens5f0np0", "auto ens5f0np0\niface ens5f0np0 inet manual\n"), false);
        assertEquals(file.mentions(PORT), !file.owner(PORT).claims().isEmpty() || text.contains("iface ens5f0np0 "), text);
        return file.owner(PORT).claims().stream().map(claim -> claim.words() + " in " + claim.file()).toList();
    }

    private static void taken(String words, String text) {
        assertEquals(List.of(words + " in /etc/network/interfaces"), claims(text), text);
    }

    private static void free(String text) {
        assertEquals(List.of(), claims(text), text);
    }

    @Test
    void a_bridge_takes_what_it_lists() {
        String bridge = "auto vmbr0\niface vmbr0 inet static\n\taddress 10.0.0.1/24\n\t";
        taken("`bridge-ports` of `iface vmbr0 inet static`", bridge + "bridge-ports ens5f0np0\n\tbridge-stp off\n");
        taken("`bridge_ports` of `iface vmbr0 inet static`", bridge + "bridge_ports eno1 ens5f0np0\n");
        taken("`bridge-ports` of `iface vmbr0 inet static`", bridge + "bridge-ports regex ens5f.*\n");
        taken("`bridge-ports` of `iface vmbr0 inet static`", bridge + "bridge-ports regex (eth|ens).* noregex veth0\n");
        taken("`bridge-ports` of `iface vmbr0 inet static`", bridge + "bridge-ports regex ((a+)+)+$\n");
        taken("`bridge-ports` of `iface vmbr0 inet static`", bridge + "bridge-ports glob ens5f*\n");
        taken("`bridge-ports` of `iface vmbr0 inet static`", bridge + "bridge-ports glob ens5f0np0-3\n");
        taken("`bridge-ports` of `iface vmbr0 inet static`", bridge + "bridge-ports all\n");
        taken("`bridge-ports` of `iface vmbr0 inet static`", bridge + "bridge-ports enp177s0f0np0\n");
        taken("`bridge-ports` of `iface vmbr0 inet static`", bridge + "bridge-ports eno1 \\\n\t  ens5f0np0\n");
        free(bridge + "bridge-ports none\n");
        free(bridge + "bridge-ports eno1 ens5f0np0.100\n");
        free(bridge + "bridge-ports regex eno.*\n");
        free(bridge + "bridge-ports glob ens5f0np1-3\n");
        free(bridge + "#bridge-ports ens5f0np0\n");
    }

    @Test
    void a_bond_and_a_switch_take_what_they_list_and_what_names_them() {
        taken("`bond-slaves` of `iface bond0 inet manual`", "iface bond0 inet manual\n bond-slaves ens5f0np0 ens5f1np1\n");
        taken("`slaves` of `iface bond0 inet static`", "iface bond0 inet static\n address 10.0.0.1/24\n slaves ens5f0np0\n");
        taken("`bond-master` of `iface ens5f0np0 inet manual`", "iface ens5f0np0 inet manual\n bond-master bond0\n");
        taken("`bond_master` of `iface ens5f0np0 inet manual`", "iface ens5f0np0 inet manual\n bond_master bond0\n");
        taken("`bond-primary` of `iface ens5f0np0 inet manual`", "iface ens5f0np0 inet manual\n bond-primary ens5f0np0\n");
        taken("`ovs_ports` of `iface vmbr0 inet manual`", "iface vmbr0 inet manual\n ovs_type OVSBridge\n ovs_ports ens5f0np0 vlan50\n");
        taken("`ovs_bonds` of `iface bond0 inet manual`", "iface bond0 inet manual\n ovs_type OVSBond\n ovs_bonds ens5f0np0 ens5f1np1\n");
        taken("`ovs_bridge` of `iface ens5f0np0 inet manual`", "iface ens5f0np0 inet manual\n ovs_type OVSPort\n ovs_bridge vmbr0\n");
        free("iface bond0 inet manual\n bond-slaves none\n bond-master none\n");
        free("iface ens5f0np0 inet static\n ovs_type OVSIntPort\n ovs_bridge vmbr0\n");
    }

    @Test
    void a_command_may_put_it_into_a_master() {
        taken("`post-up` of `iface br0 inet manual`", "iface br0 inet manual\n post-up ip link set dev ens5f0np0 master br0\n");
        taken("`up` of `iface br0 inet manual`", "iface br0 inet manual\n up /sbin/brctl addif br0 ens5f0np0\n");
        taken("`up` of `iface br0 inet manual`", "iface br0 inet manual\n up ovs-vsctl --may-exist add-port br0 ens5f0np0\n");
        taken("`up` of `iface ens5f0np0 inet manual`", "iface ens5f0np0 inet manual\n up ip link set $IFACE master br0\n");
        free("iface br0 inet manual\n up ip link set ens5f1np1 master br0\n up ethtool -K ens5f0np0 gro off\n");
    }

    @Test
    void a_pattern_a_logical_name_and_a_mapping_set_it_up() {
        taken("`iface ens5f inet dhcp` (`auto /ens5f*`)", "auto /ens5f*\niface ens5f inet dhcp\n");
        taken("`auto ens5f0np0=lab`", "auto ens5f0np0=lab\niface lab inet dhcp\n");
        taken("`allow-hotplug mac/b8:3f:*=lab`", "allow-hotplug mac/b8:3f:*=lab\niface lab inet dhcp\n");
        taken("`iface ens5f* inet dhcp`", "iface ens5f* inet dhcp\n");
        taken("`mapping ens5f*`", "mapping ens5f*\n script /usr/local/bin/where\n map HOME lab\n");
        taken("`iface ens5f0np0 inet dhcp` twice", "iface ens5f0np0 inet dhcp\niface ens5f0np0 inet dhcp\n");
        free("auto /eno*\niface eno inet dhcp\nauto eno1=lab\nmapping eno*\n script /x\n");
        free("auto /ens5f*\n");
        free("iface ens5f0np0 inet dhcp\niface ens5f0np0 inet6 dhcp\n");
    }

    @Test
    void what_is_inherited_counts() {
        taken("`bond-master` of `iface ens5f0np0 inet manual`", "template slave inet manual\n bond-master bond0\n"
            + "iface ens5f0np0 inet manual inherits slave\n");
        taken("`bridge-ports` of `iface vmbr1 inet static`",
            "template br inet static\n bridge-ports ens5f0np0\niface vmbr1 inherits br\n".replace("vmbr1 inherits",
            "vmbr1 inet static inherits"));
        free("iface a inet manual inherits b\niface b inet manual inherits a\n");
    }

    @Test
    void a_vlan_on_the_port_leaves_the_port_free() {
        free("auto vlan100\niface vlan100 inet static\n address 10.1.0.1/24\n vlan-raw-device ens5f0np0\nauto ens5f0np0.200\niface"
            + " ens5f0np0.200 inet dhcp\n");
    }

    /// Neither a stack nor a square of work is spent on somebody else's text.
    @Test
    void long_text_takes_nothing_and_ends() {
        String names = "a1".repeat(300_000);
        free("iface br0 inet manual\n bridge-ports " + names + "1-2\n up ip link set " + names + " master br0\n address " + names + "\n");
        free("iface br0 inet manual\n bridge-ports " + "e1 ".repeat(300_000) + "\n");
        free("template t inet manual\n" + " x y\n".repeat(20_000) + "iface a inet manual inherits t\n".repeat(20_000));
        free("auto " + "/x* ".repeat(200_000) + "\n" + "iface y inet dhcp\n".repeat(20_000));
    }

    @Test
    void addresses_are_kept_and_no_other_value() {
        var file = InterfacesFile.of(Map.of("/etc/network/interfaces", "iface wlan0 inet static\n address 10.0.0.1/24\n wpa-psk"
            + " secret\n up ip addr add 10.0.0.2/24 dev wlan0\n"), false);
        assertEquals(List.of("10.0.0.1/24", "10.0.0.2/24"), file.stanzas().get("wlan0").getFirst().addresses());
        assertTrue(!file.toString().contains("secret"), file.toString());
    }
}
