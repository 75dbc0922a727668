package dev.bluerig.fact.ovs;

import dev.bluerig.fact.Effect;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.source.Described;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What Open vSwitch holds and how it was built, as the database and the running switch say. Bridges and ports are sorted by name.
public record OvsTopology(Flavour flavour, @Described(value = "Open_vSwitch's own settings", absent = "") Map<String, String> otherConfig,
                          @Described(value = "bridges", absent = "") List<Bridge> bridges) {
    /// What a switch that is dead holds.
    public static final OvsTopology EMPTY = new OvsTopology(Flavour.KERNEL, Map.of(), List.of());

    public OvsTopology {
        otherConfig = sorted(otherConfig);
        bridges = List.copyOf(bridges);
    }

    /// Which data plane forwards. Read, never changed: an empty `datapath_type` is no proof of the kernel's.
    public enum Flavour {
        /// The kernel's data path, offloaded by TC.
        KERNEL,
        /// NVIDIA's OVS-DOCA.
        DOCA,
        /// The userspace data path (DPDK, or none).
        USERSPACE
    }

    /// `foreign`: records that belong to somebody who programs this bridge (`controller`, `mirrors`). `settings`: all other columns that
    /// are not at their default, as ovs-vsctl takes them; `ownPort` and `ownInterface`: those of the port that has the bridge's name.
    public record Bridge(String name, @Described(value = "empty = the default", absent = "") String datapathType, Optional<String> failMode,
                         @Described(value = "columns that hold somebody's records", absent = "") List<String> foreign,
                         @Described(value = "marks", absent = "") Map<String, String> externalIds,
                         @Described(value = "settings", absent = "") Map<String, String> otherConfig,
                         @Described(value = "ports, the bridge's own left out", absent = "") List<Port> ports,
                         @Described(value = "other columns not at their default", absent = "") Map<String, String> settings,
                         @Described(value = "columns of its own port not at their default", absent = "") Map<String, String> ownPort,
                         @Described(value = "columns of its own interface not at their default", absent = "") Map<String,
                         String> ownInterface) {
        public Bridge {
            foreign = List.copyOf(foreign);
            externalIds = sorted(externalIds);
            otherConfig = sorted(otherConfig);
            ports = List.copyOf(ports);
            settings = sorted(settings);
            ownPort = sorted(ownPort);
            ownInterface = sorted(ownInterface);
        }

        /// One of which nothing is known but its name and what it forwards by.
        public static Bridge plain(String name, String datapathType) {
            return new Bridge(name, datapathType, Optional.empty(), List.of(), Map.of(), Map.of(), List.of(), Map.of(), Map.of(), Map.of());
        }

        public Bridge with(List<Port> others) {
            return new Bridge(name, datapathType, failMode, foreign, externalIds, otherConfig, others, settings, ownPort, ownInterface);
        }

        public boolean holds(String port) {
            return ports.stream().anyMatch(held -> held.name().equals(port));
        }
    }

    /// A bond has several interfaces, any other port one of its own name.
    public record Port(String name, @Described(value = "its devices", absent = "") List<Interface> interfaces, Optional<Integer> tag,
                       @Described(value = "VLANs", absent = "") List<Integer> trunks, Optional<String> vlanMode,
                       @Described(value = "a VLAN bridge of old", absent = "false") boolean fakeBridge, Optional<String> bondMode,
                       Optional<String> lacp,
                       @Described(value = "marks", absent = "") Map<String, String> externalIds,
                       @Described(value = "settings", absent = "") Map<String, String> otherConfig,
                       @Described(value = "other columns not at their default", absent = "") Map<String, String> settings) {
        public Port {
            interfaces = List.copyOf(interfaces);
            trunks = List.copyOf(trunks);
            externalIds = sorted(externalIds);
            otherConfig = sorted(otherConfig);
            settings = sorted(settings);
        }

        /// The same record under the name by which it is spoken of.
        public Port called(String other, List<Interface> devices) {
            return new Port(other, devices, tag, trunks, vlanMode, fakeBridge, bondMode, lacp, externalIds, otherConfig, settings);
        }

        public boolean isPatch() {
            return interfaces.stream().anyMatch(device -> device.type().equals("patch"));
        }
    }

    /// `ofport` is -1 when the device could not be opened, and absent until ovs-vswitchd has looked at it.
    public record Interface(String name, @Described(value = "empty = a netdev of the system", absent = "") String type,
                            @Described(value = "options of the type", absent = "") Map<String, String> options,
                            Optional<Integer> mtuRequest, Optional<Integer> ofport,
                            @Described(value = "why it does not work", absent = "") String error,
                            Optional<String> linkState, @Described(value = "marks", absent = "") Map<String, String> externalIds,
                            @Described(value = "settings", absent = "") Map<String, String> otherConfig,
                            @Described(value = "other columns not at their default", absent = "") Map<String, String> settings) {
        public Interface {
            options = sorted(options);
            externalIds = sorted(externalIds);
            otherConfig = sorted(otherConfig);
            settings = sorted(settings);
        }

        public Interface called(String other) {
            return new Interface(other, type, options, mtuRequest, ofport, error, linkState, externalIds, otherConfig, settings);
        }

        public boolean works() {
            return ofport.filter(number -> number > 0).isPresent() && error.isEmpty();
        }
    }

    public Optional<Bridge> bridge(String name) {
        return bridges.stream().filter(bridge -> bridge.name().equals(name)).findFirst();
    }

    public Optional<Bridge> holder(String port) {
        return bridges.stream().filter(bridge -> bridge.holds(port)).findFirst();
    }

    public Stream<Port> ports() {
        return bridges.stream().flatMap(bridge -> bridge.ports().stream());
    }

    public Optional<Port> port(String name) {
        return ports().filter(port -> port.name().equals(name)).findFirst();
    }

    /// `other_config:hw-offload`, as OVS reads it: only `true` is true (smap_get_bool in lib/smap.c).
    public boolean hwOffload() {
        return "true".equals(otherConfig.get("hw-offload"));
    }

    private static Map<String, String> sorted(Map<String, String> map) {
        return map.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(map));
    }

    /// One process asks for all four tables, so they fit together; a second command proves that ovs-vswitchd lives.
    public record Seen() implements Fact.Question<OvsTopology> {
        /// A daemon that does not run does not answer.
        @Override
        public Set<Effect> knownAfter() {
            return Set.of(Effect.SERVICES, Effect.PACKAGES, Effect.COMMAND);
        }

        @Override
        public Inquiry<OvsTopology> read() {
            return OvsQuestion.read();
        }
    }
}
