package dev.bluerig.trial.spec;

import dev.bluerig.inventory.CableId;
import dev.bluerig.inventory.Cidr;
import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.protocol.Role;
import java.util.List;
import java.util.stream.Stream;

/// A trial made ready for one pair: who takes part, over which cables, with which loads. Nothing in it can be wrong any more.
///
/// - `at`: where the trial is written.
/// - `server`, `client`: the first and the second end of the pair.
/// - `loads`: every combination of the matrix, one when there is none.
/// - `dpus`: those of both hosts that the run may touch.
public record PairTrial(Trial trial, String at, String pair, Machine server, Machine client, List<Cable> cables, List<Load> loads,
    List<Machine> dpus,
                        Inventory inventory) {
    public PairTrial {
        cables = List.copyOf(cables);
        loads = List.copyOf(loads);
        dpus = List.copyOf(dpus);
        if (cables.isEmpty() || loads.isEmpty()) throw new IllegalArgumentException("a trial without a cable or a load");
    }

    /// One cable with the ports at its ends.
    public record Cable(CableId id, Port server, Port client) {
        public Port of(Role role) {
            return role == Role.SERVER ? server : client;
        }
    }

    /// A port of a host with the address that the inventory gives it.
    public record Port(PciAddress pci, Cidr address) {}

    public Machine of(Role role) {
        return role == Role.SERVER ? server : client;
    }

    /// How many cells it has: every load over every cable.
    public int cells() {
        return loads.size() * cables.size();
    }

    /// Everybody who takes part: the hosts, then the DPUs.
    public List<Machine> machines() {
        return Stream.concat(Stream.of(server, client), dpus.stream()).toList();
    }

    /// The DPUs in that end's host.
    public List<Machine> dpusOf(Role role) {
        return dpus.stream().filter(dpu -> dpu.host().filter(of(role).name()::equals).isPresent()).toList();
    }
}
