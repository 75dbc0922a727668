package dev.bluerig.task;

import dev.bluerig.fact.link.LinkRef;
import dev.bluerig.inventory.CableId;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.Mtu;
import dev.bluerig.inventory.Pair;
import dev.bluerig.source.Described;
import java.util.ArrayList;
import java.util.List;

/// The wish that the hosts of pairs reach each other over every cable; on a host it becomes a requirement about the host's own ends.
@TaskName("reach")
@Described(value = "Over each cable of the pairs, the peer answers ARP from one card and a ping of full size. A requirement: nothing is"
    + " changed.", example = "{pairs: all, mtu: 9000}")
public record ReachSpec(
    @Described(value = "`all`, or names of pairs; the cables of this host count.", absent = "all") PairNames pairs,
    @Described(value = "The size in bytes that must pass unfragmented.", example = "9000") Mtu mtu) implements TaskSpec {

    @Override
    public Task<?> on(MachineContext site) {
        var unknown = pairs.unknownIn(site.inventory());
        var cables = new ArrayList<ReachTask.Cable>();
        for (Pair pair : site.inventory().pairsOf(site.machine())) {
            if (!pairs.means(pair)) continue;
            if (pair.first().equals(site.machine().name())) cables.addAll(cables(site, pair, true));
            if (pair.second().equals(site.machine().name())) cables.addAll(cables(site, pair, false));
        }
        return new ReachTask(cables, unknown, mtu);
    }

    private static List<ReachTask.Cable> cables(MachineContext site, Pair pair, boolean first) {
        var cables = new ArrayList<ReachTask.Cable>();
        Machine peer = site.inventory().machines().get(first ? pair.second() : pair.first());
        for (int i = 0; i < pair.cables().size(); i++) {
            Pair.Cable cable = pair.cables().get(i);
            var near = site.machine().ports().get(first ? cable.firstPort() : cable.secondPort());
            var far = peer.ports().get(first ? cable.secondPort() : cable.firstPort());
            LinkRef port = near.on().<LinkRef>map(LinkRef.ByName::new).orElseGet(() -> new LinkRef.ByAddress(near.pci()));
            cables.add(new ReachTask.Cable(new CableId(pair.name(), i), port, peer.name(), far.address(), dpus(site, peer)));
        }
        return cables;
    }

    /// Who carries the cable: the DPUs of both ends.
    private static List<String> dpus(MachineContext site, Machine peer) {
        var names = new ArrayList<String>();
        site.inventory().dpusOf(site.machine()).forEach(dpu -> names.add(dpu.name()));
        site.inventory().dpusOf(peer).forEach(dpu -> names.add(dpu.name()));
        return names;
    }
}
