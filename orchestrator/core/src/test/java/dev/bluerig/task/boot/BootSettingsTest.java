package dev.bluerig.task.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.bluerig.fact.boot.BootReaders;
import dev.bluerig.fact.boot.InterfacesFile;
import dev.bluerig.fact.boot.Persistence;
import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.link.LinkRef;
import dev.bluerig.inventory.Cidr;
import dev.bluerig.inventory.LinkName;
import dev.bluerig.inventory.Mtu;
import dev.bluerig.remote.Command;
import dev.bluerig.task.diff.Diff;
import dev.bluerig.task.diff.DiffBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// All kinds of settings of one link at once, in the files of each owner.
class BootSettingsTest {
    private static final LinkName NAME = new LinkName("ens1f0np0");
    private static final Link LINK = new Link(NAME, 4, Optional.empty(), true, true, 1500, Optional.empty(), Optional.empty(),
        Optional.empty(), Optional.empty(), List.of(), Optional.of("0000:b1:00.0"), List.of());
    private static final EthtoolWords FLAGS = new EthtoolWords(EthtoolWords.Kind.TLS_OFFLOAD, Map.of("tls-hw-rx-offload", "on"));
    private static final BootSettings ALL = new BootSettings(LINK, new LinkRef.ByName(NAME), List.of(new Cidr("192.0.2.1/30")), true,
        Optional.of(new Mtu("9000")), Optional.of(true), List.of(FLAGS));
    private static final String UNIT = "/etc/systemd/system/bluerig-offload-ens1f0np0.service";

    private static Persistence machine(BootReaders readers, Optional<InterfacesFile> ifupdown, Optional<Map<String, String>> ifcfg) {
        return new Persistence(Map.of(), readers, Optional.empty(), List.of(), ifupdown, ifcfg, Map.of(), List.of());
    }

    private static Persistence ifcfg(Map<String, String> files) {
        return machine(new BootReaders(false, false, false, true), Optional.empty(), Optional.of(files));
    }

    private static Diff diff(BootSettings wanted, Persistence persistence) {
        var draft = new DiffBuilder();
        wanted.compare(persistence, draft);
        return draft.diff();
    }

    private static List<Command> commands(Persistence persistence) {
        return diff(ALL, persistence) instanceof Diff.Mendable(var changes, var remedy) ? remedy.commands() : List.of();
    }

    /// What is renamed into place, in its order.
    private static List<String> written(Persistence persistence) {
        return commands(persistence).stream().filter(command -> command.words().getFirst().equals("mv"))
            .map(command -> command.words().getLast()).toList();
    }

    private static List<String> texts(Persistence persistence) {
        return commands(persistence).stream().map(Command::stdin).filter(text -> !text.isEmpty()).toList();
    }

    @Test
    void systemd_networkd_gets_a_file_and_a_unit_of_ours() {
        assertEquals(List.of("/etc/systemd/network/05-bluerig-ens1f0np0.network", UNIT),
            written(machine(new BootReaders(true, false, false, false), Optional.empty(), Optional.empty())));
    }

    @Test
    void ifupdown_gets_two_files_in_its_directory() {
        var file = new InterfacesFile(List.of("/etc/network/interfaces.d/*"), Map.of(), Set.of(), List.of(), Set.of());
        assertEquals(List.of("/etc/network/interfaces.d/bluerig-ens1f0np0", "/etc/network/interfaces.d/bluerig-offload-ens1f0np0"),
            written(machine(new BootReaders(false, false, true, false), Optional.of(file), Optional.empty())));
    }

    @Test
    void an_ifcfg_file_is_edited_once_and_keeps_what_is_not_ours() {
        var machine = ifcfg(Map.of("ens1f0np0", "DEVICE=ens1f0np0\nDEFROUTE=no\nETHTOOL_OPTS=\"-G ${DEVICE} rx 4096\"\n"));
        assertEquals(List.of("/etc/sysconfig/network-scripts/ifcfg-ens1f0np0"), written(machine));
        assertEquals(List.of("DEVICE=ens1f0np0\nDEFROUTE=no\nONBOOT=yes\nMTU=9000\nBOOTPROTO=none\nIPADDR=192.0.2.1\nPREFIX=30\n"
            + "ETHTOOL_OPTS=\"-G ${DEVICE} rx 4096; -K ${DEVICE} tls-hw-rx-offload on\"\n"), texts(machine));
    }

    @Test
    void a_new_ifcfg_file_holds_the_flags_too() {
        assertEquals(List.of("TYPE=Ethernet\nDEVICE=ens1f0np0\nNAME=ens1f0np0\nONBOOT=yes\nMTU=9000\nBOOTPROTO=none\n"
            + "IPADDR=192.0.2.1\nPREFIX=30\n"
            + "ETHTOOL_OPTS=\"-K ${DEVICE} tls-hw-rx-offload on\"\n"), texts(ifcfg(Map.of("eno1", "DEVICE=eno1\n"))));
    }

    @Test
    void where_nobody_sets_it_up_a_unit_still_sets_the_flags() {
        var machine = machine(new BootReaders(false, false, false, false), Optional.empty(), Optional.empty());
        var flags = new BootSettings(LINK, new LinkRef.ByName(NAME), List.of(), false, Optional.empty(), Optional.empty(), List.of(FLAGS));
        assertInstanceOf(Diff.Mendable.class, diff(flags, machine));
        assertInstanceOf(Diff.Unmet.class, diff(ALL, machine));
    }
}
