package dev.bluerig.lab.kernel;

import dev.bluerig.lab.machine.LabFailed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which kernel modules need which, as `modules.dep` (depmod(8)) tells it: `kernel/fs/ext4/ext4.ko: kernel/lib/crc16.ko ...`, in the
/// reverse order of loading.
record ModuleGraph(Map<String, List<String>> needs, Set<String> builtin) {
    static ModuleGraph parse(List<String> lines, String builtin) {
        var needs = new TreeMap<String, List<String>>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon < 0) continue;
            String rest = line.substring(colon + 1).strip();
            needs.put(line.substring(0, colon), rest.isEmpty() ? List.of() : List.of(rest.split(" ")));
        }
        return new ModuleGraph(needs, builtin.lines().map(ModuleGraph::name).collect(Collectors.toUnmodifiableSet()));
    }

    /// Files of these modules and of all that they need, each after what it needs; one that is built into the kernel has no file.
    List<String> inOrder(Collection<String> names) throws LabFailed {
        var byName = needs.keySet().stream().collect(Collectors.toMap(ModuleGraph::name, file -> file, (one, _) -> one));
        var order = new LinkedHashSet<String>();
        var unknown = new ArrayList<String>();
        for (String name : names) {
            String file = byName.get(name.replace('-', '_'));
            if (file == null) {
                if (!builtin.contains(name.replace('-', '_'))) unknown.add(name);
                continue;
            }
            order.addAll(Stream.concat(needs.get(file).reversed().stream(), Stream.of(file)).toList());
        }
        if (!unknown.isEmpty()) throw new LabFailed("this kernel has no module " + String.join(", ", unknown));
        return List.copyOf(order);
    }

    /// `kernel/drivers/net/virtio_net.ko` is `virtio_net`; the kernel takes `-` and `_` for the same.
    static String name(String file) {
        return file.substring(file.lastIndexOf('/') + 1).replaceFirst("\\.ko(\\.[a-z0-9]+)?$", "").replace('-', '_');
    }
}
