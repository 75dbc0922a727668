package dev.bluerig.task;

import dev.bluerig.fact.system.KernelConfig;
import dev.bluerig.fact.system.KernelModules;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.inventory.Version;
import dev.bluerig.source.Described;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the kernel of a machine must be able to do, and which modules are to be loaded now and after a reboot.
@TaskName("kernel")
@Described(value = "What the running kernel must be: able to offload TLS, new enough, with options set, with modules loaded and"
    + " persistent. Only modules are changed.",
    example = "kernel: {tls_offload: [tx, rx], modules: [tls]}")
public record KernelSpec(
    @Described(value = "Directions in which the kernel and its mlx5 driver must offer TLS offload.", example = "[tx, rx]",
    absent = "") List<Direction> tlsOffload,
    @Described(value = "The least kernel release.", example = "5.9") Optional<Version> minimum,
    @Described(value = "Options by name without CONFIG_; `m` is met by `y` too, `n` means not set.", example = "{TLS_DEVICE: y}",
    absent = "") Map<String, String> options,
    @Described(value = "Modules to be loaded now and at every boot; built in counts.", example = "[tls]",
    absent = "") List<String> modules) implements TaskSpec {

    public enum Direction {
        /// In mlx5 since 5.3, commit fc707e59c9dd.
        TX("5.3"),
        /// In mlx5 since 5.9.
        RX("5.9");

        private final Version since;

        Direction(String since) {
            this.since = new Version(since);
        }

        Version since() {
            return since;
        }
    }

    public KernelSpec {
        tlsOffload = List.copyOf(tlsOffload);
        options = Map.copyOf(options);
        modules = List.copyOf(modules);
        if (tlsOffload.isEmpty() && minimum.isEmpty() && options.isEmpty() && modules.isEmpty())
            throw new IllegalArgumentException("nothing is wanted: give tls_offload, minimum, options or modules");
        new KernelConfig.Seen(List.copyOf(options.keySet()));   // checks the names
        new KernelModules.Seen(modules);
    }

    /// The flags of a host's ports are evidence; those of a DPU are fixed and say nothing.
    @Override
    public Task<?> on(MachineContext site) {
        boolean host = site.machine().kind() == Machine.Kind.HOST;
        List<PciAddress> ports = host ? site.machine().ports().stream().map(Machine.Port::pci).toList() : List.of();
        return new KernelTask(this, ports);
    }
}
