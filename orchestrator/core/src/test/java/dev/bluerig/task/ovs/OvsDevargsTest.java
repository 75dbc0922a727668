package dev.bluerig.task.ovs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.link.Links;
import dev.bluerig.inventory.LinkName;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Forms from DPDK's ethdev and mlx5 guides and from people's scripts.
class OvsDevargsTest {
    private static final Links LINKS =
        new Links(List.of(link("p0", "0000:03:00.0", 1), link("pf0hpf", "0000:03:00.0", 2), link("pf0vf3", "0000:03:00.0", 3),
        link("en3f0pf0sf88", "0000:03:00.0", 4), link("p1", "0000:03:00.1", 5), link("pf1hpf", "0000:03:00.1", 6)));

    private static Link link(String name, String device, int number) {
        return new Link(new LinkName(name), number, Optional.empty(), true, true, 1500, Optional.empty(),
            Optional.of("02:00:00:00:00:0" + number), Optional.empty(),
            Optional.empty(), List.of(), Optional.of(device), List.of());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0000:03:00.0                                        | p0
        03:00.0                                             | p0
        pci:0000:03:00.1                                    | p1
        0000:03:00.0,dv_flow_en=2,dv_xmeta_en=4             | p0
        0000:03:00.0,representor=[65535]                    | pf0hpf
        0000:03:00.0,representor=65535                      | pf0hpf
        0000:03:00.0,representor=vf-1                       | pf0hpf
        0000:03:00.0,representor=pf0vf65535,dv_flow_en=2    | pf0hpf
        0000:03:00.1,representor=[-1]                       | pf1hpf
        0000:03:00.0,representor=vf3                        | pf0vf3
        0000:03:00.0,representor=[3]                        | pf0vf3
        0000:03:00.0,representor=(pf0)vf3                   | pf0vf3
        0000:03:00.0,representor=sf88                       | en3f0pf0sf88
        0000:03:00.0,representor=vf[0-3]                    |
        0000:03:00.0,representor=[0,65535]                  |
        0000:03:00.0,representor=pf0                        |
        0000:83:00.0                                        |
        net_af_packet0,iface=p1                             | p1
        class=eth,mac=02:00:00:00:00:02                     | pf0hpf
        something else                                      |
        """)
    void which_netdev_it_is(String devargs, String netdev) {
        assertEquals(Optional.ofNullable(netdev), OvsDevargs.parse(devargs).netdev(LINKS).map(Link::name).map(LinkName::text));
    }

    /// Where the kernel tells no device, a name of the right shape may be it.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0000:03:00.0                          | p0     | true
        0000:03:00.0                          | p1     | false
        0000:03:00.0                          | pf0hpf | false
        0000:03:00.0,representor=[0,65535]    | pf0hpf | true
        0000:03:00.0,representor=[0-65535]    | pf0hpf | true
        0000:03:00.0,representor=pf0          | pf0hpf | true
        0000:03:00.0,representor=vf[0-3]      | pf0hpf | true
        0000:03:00.0,representor=vf2          | pf0hpf | false
        0000:03:00.0,representor=new-form     | pf0hpf | true
        0000:03:00.0,representor=new-form     | p0     | false
        """)
    void what_it_may_be(String devargs, String name, boolean may) {
        assertEquals(may, OvsDevargs.parse(devargs).mayBe(name, new Links(List.of(link("lo", "", 1)))));
    }
}
