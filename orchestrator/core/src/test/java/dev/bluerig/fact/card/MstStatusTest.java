package dev.bluerig.fact.card;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.PciAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MstStatusTest {
    private static MstStatus.Device device(String type, String path, String pci, List<String> rdma, String... netdevs) {
        return new MstStatus.Device(Optional.of(type), Optional.of(path), pci.isEmpty() ? Optional.empty()
            : Optional.of(new PciAddress(pci)), rdma,
            List.of(netdevs).stream().map(LinkName::new).toList());
    }

    @Test
    void wrapped_cells_and_a_space_before_the_revision() {   // the vendor guide's table, wrapped by its PDF
        assertEquals(List.of(
            device("BlueField2", "/dev/mst/mt41686_pciconf0.1", "b1:00.1", List.of("mlx5_1"), "ens5f1"),
            device("BlueField2", "/dev/mst/mt41686_pciconf0", "b1:00.0", List.of("mlx5_0"), "ens5f0")),
            MstStatus.parse("""
                DEVICE_TYPE          MST          PCI          RDMA          NET
                                    NUMA
                BlueField2 (rev:0)   /dev/mst/mt41686_pciconf0.1  b1:00.1    mlx5_1        net-
                ens5f1                1
                BlueField2 (rev:0)   /dev/mst/mt41686_pciconf0    b1:00.0    mlx5_0        net-
                ens5f0                1
                """).devices());
    }

    @Test
    void empty_cells_and_hexadecimal_revision() {
        assertEquals(List.of(
            device("ConnectX2", "/dev/mst/mt26428_pciconf0", "", List.of()),
            device("ConnectX2", "/dev/mst/mt26428_pci_cr0", "02:00.0", List.of("mlx4_0"), "ib0")),
            MstStatus.parse("""
                ConnectX2(rev:b0)       /dev/mst/mt26428_pciconf0     \s
                ConnectX2(rev:b0)       /dev/mst/mt26428_pci_cr0      02:00.0   mlx4_0  net-ib0 \s
                """).devices());
    }

    @Test
    void newer_columns_other_makers_devices_and_domains() {   // MFT 4.34
        assertEquals(List.of(
            device("GB100", "/dev/mst/mt11794_pciconf0", "000f:01:00.0", List.of()),
            device("ConnectX7", "/dev/mst/mt4129_pciconf1.1", "0002:01:00.1", List.of("roceP2p1s0f1"), "data03"),
            device("ConnectX8", "/dev/mst/mt4131_pciconf7", "ec:00.0", List.of("smi-mlx5_15", "mlx5_15"), "ibp236s0")),
            MstStatus.parse("""
                DEVICE_TYPE                         MST                           PCI             RDMA            NET                 NUMA  VFIO
                GB100(rev:0)                        /dev/mst/mt11794_pciconf0     000f:01:00.0                                        -1
                ConnectX7(rev:0)                    /dev/mst/mt4129_pciconf1.1    0002:01:00.1    roceP2p1s0f1    net-data03          -1
                ConnectX8(rev:0)  /dev/mst/mt4131_pciconf7  ec:00.0 smi-mlx5_15,mlx5_15 net-ibp236s0 1 mlx5_vfio
                """).devices());
    }

    @Test
    void several_netdevs_in_one_cell() {   // an uplink with its representors
        assertEquals(List.of(new LinkName("p0"), new LinkName("pf0hpf"), new LinkName("en3f0pf0sf0")),
            MstStatus.parse("BlueField3(rev:1) /dev/mst/mt41692_pciconf0 03:00.0 mlx5_0 net-p0,net-pf0hpf, net-en3f0pf0sf0 -1\n")
                .devices().getFirst().netdevs());
    }

    @Test
    void before_mst_start_the_rows_are_there_without_a_path() {   // MFT on a host and in a container: the second row is a virtual function
        assertEquals(List.of(
            new MstStatus.Device(Optional.of("ConnectX6DX"), Optional.empty(), Optional.of(new PciAddress("17:00.1")), List.of("mlx5_1"),
            List.of(new LinkName("ens1f1np1"))),
            new MstStatus.Device(Optional.empty(), Optional.empty(), Optional.of(new PciAddress("17:00.2")), List.of("mlx5_3"),
            List.of(new LinkName("net1"))),
            new MstStatus.Device(Optional.empty(), Optional.empty(), Optional.of(new PciAddress("17:00.4")), List.of("mlx5_5"), List.of())),
            MstStatus.parse("""
                MST modules:
                ------------
                    MST PCI module is not loaded
                    MST PCI configuration module is not loaded
                PCI devices:
                ------------
                DEVICE_TYPE             MST      PCI       RDMA            NET                       NUMA
                ConnectX6DX(rev:0)      NA       17:00.1   mlx5_1          net-ens1f1np1             0

                NA                      NA       17:00.2   mlx5_3          net-net1                  0

                NA                      NA       17:00.4   mlx5_5                                    0
                """).devices());
    }

    @Test
    void without_drivers_there_is_no_table() {
        MstStatus status = MstStatus.parse("""
            MST modules:
            ------------
                MST PCI module is not loaded
                MST PCI configuration module is not loaded

            PCI Devices:
            ------------

            \tNo MST devices were found
            """);
        assertEquals(new MstStatus(false, List.of()), status);
    }
}
