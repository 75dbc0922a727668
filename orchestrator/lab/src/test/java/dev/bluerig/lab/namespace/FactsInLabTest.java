package dev.bluerig.lab.namespace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsNamespaceLab;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Facts;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.boot.BootOwner;
import dev.bluerig.fact.boot.Persistence;
import dev.bluerig.fact.card.BfImage;
import dev.bluerig.fact.card.CardMode;
import dev.bluerig.fact.card.CardState;
import dev.bluerig.fact.card.Cards;
import dev.bluerig.fact.card.Crypto;
import dev.bluerig.fact.card.Mlx5Driver;
import dev.bluerig.fact.link.DpuPath;
import dev.bluerig.fact.link.LinkRef;
import dev.bluerig.fact.link.Links;
import dev.bluerig.fact.way.ManagementPath;
import dev.bluerig.fact.link.PortLinks;
import dev.bluerig.fact.system.KernelConfig;
import dev.bluerig.fact.system.KernelModules;
import dev.bluerig.fact.tls.OffloadFlags;
import dev.bluerig.fact.tls.TlsSockets;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.LabFiles;
import dev.bluerig.remote.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every fact is known on a lab machine in factory state, over real OpenSSH and sudo: the stand-ins answer what bluerig really asks.
@NeedsNamespaceLab
final class FactsInLabTest {
    private static final PciAddress FIRST = new PciAddress("0000:b1:00.0");

    @TempDir
    static Path parent;
    private static Path directory;
    private static LabHarness harness;
    private static Session host;
    private static Session dpu;

    @BeforeAll
    static void up() throws Exception {
        directory = parent.resolve("lab");
        LabFiles lab = NamespaceLab.up(directory, NamespaceLab.Options.pairs(1));
        NamespaceLab.machine(directory, "host-a").orElseThrow().output("ip", "address", "add", "192.168.100.1/30", "dev", "tmfifo_net0");
        harness = new LabHarness(lab);
        host = harness.session("host-a");
        dpu = harness.session("dpu-a");
    }

    @AfterAll
    static void down() throws LabFailed {
        if (harness != null) harness.close();
        NamespaceLab.down(directory);
    }

    private static <T> T known(Session session, Fact<T> question) throws Exception {
        return switch (new Facts(session).see(question)) {
            case Reading.Known<T>(T value) -> value;
            case Reading.Unknown<T>(String why) -> throw new AssertionError(question + " is unknown: " + why);
        };
    }

    @Test
    void ports_are_found_by_pci_address() throws Exception {
        PortLinks ports = known(host, new PortLinks.Seen());
        assertEquals(Optional.of(new LinkName("ens5f0np0")), ports.netdev(FIRST));
        assertEquals(Optional.of(new LinkName("ens5f1np1")), ports.netdev(new PciAddress("0000:b1:00.1")));
        assertEquals(Optional.of(new LinkName("p0")), known(dpu, new PortLinks.Seen()).netdev(new PciAddress("0000:03:00.0")));
    }

    @Test
    void card_is_one_in_dpu_mode_with_crypto_seen_from_both_sides() throws Exception {
        CardState fromHost = known(host, new Cards.Seen(Machine.Kind.HOST, List.of(FIRST))).cards().getFirst();
        CardState fromDpu = known(dpu, new Cards.Seen(Machine.Kind.DPU, List.of())).cards().getFirst();
        for (CardState card : List.of(fromHost, fromDpu)) {
            assertEquals(Crypto.State.ENABLED, card.crypto().state(), card.crypto().why());
            assertEquals(Optional.of(CardMode.DPU), card.mode());
            assertEquals(List.of(), card.waiting());
            assertEquals(Optional.of("MT_0000000541"), card.firmware().psid());
        }
        assertEquals(fromHost.firmware().serial(), fromDpu.firmware().serial(), "one card");
    }

    @Test
    void kernel_can_offload_and_tls_is_not_loaded() throws Exception {
        KernelConfig config = known(host, new KernelConfig.Seen(List.of()));
        assertEquals("m", config.value("TLS"), config.source());
        assertEquals("y", config.value("MLX5_EN_TLS"), config.source());
        assertFalse(known(host, new Mlx5Driver.Seen()).outOfTree());
        KernelModules.Module tls = known(host, new KernelModules.Seen(List.of("tls"))).get("tls");
        assertFalse(tls.loaded() || tls.persistent());
        assertTrue(tls.file().isPresent());
    }

    @Test
    void links_flags_and_owners() throws Exception {
        var first = new LinkRef.ByAddress(FIRST);
        OffloadFlags flags = known(host, new OffloadFlags.Seen(List.of(first)));
        assertTrue(flags.of(new LinkName("ens5f0np0")).isPresent());
        Links links = known(host, new Links.Seen());
        Persistence persistence = known(host, Persistence.seen());
        assertInstanceOf(BootOwner.Netplan.class, persistence.ownerOf(links.named(new LinkName("ens5f0np0")).orElseThrow()));
        Links dpuLinks = known(dpu, new Links.Seen());
        for (String name : List.of("p0", "p1", "pf0hpf", "pf1hpf", "en3f0pf0sf0", "tmfifo_net0"))
            assertTrue(dpuLinks.named(new LinkName(name)).isPresent(), name);
        assertInstanceOf(BootOwner.Netplan.class,
            known(dpu, Persistence.seen()).ownerOf(dpuLinks.named(new LinkName("p0")).orElseThrow()));
        known(host, new TlsSockets.Seen());
    }

    @Test
    void management_paths_are_the_links_of_the_session() throws Exception {
        assertTrue(known(host, ManagementPath.seen()).links().containsKey("eno1"));
        assertTrue(known(host, ManagementPath.seen()).links().containsKey("tmfifo_net0"), "the jump to the DPU");
        assertTrue(known(dpu, ManagementPath.seen()).links().containsKey("tmfifo_net0"));
        DpuPath way = known(host, new DpuPath.Seen(new LinkName("tmfifo_net0"), "192.168.100.2"));
        assertTrue(way.answersPing().orElseThrow());
        assertTrue(way.rshim().toString().contains("pcie-0000:b1:00.2"), way.rshim().toString());
    }

    @Test
    void image_of_the_dpu_is_read() throws Exception {
        assertTrue(known(dpu, new BfImage.Seen()).bsp().isPresent());
    }
}
