package dev.bluerig.sim.tool;

import dev.bluerig.sim.machine.SimMachine;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Modules, kernel settings and services.
final class KernelTools {
    private KernelTools() {}

    /// Modules that the images have, and where below `/lib/modules/RELEASE`.
    private static final Map<String, String> MODULES = Map.of("tls", "kernel/net/tls/tls.ko", "mlx5_core", "updates/dkms/mlx5_core.ko",
        "mlx5_ib", "updates/dkms/mlx5_ib.ko", "mlxfw", "updates/dkms/mlxfw.ko", "mlxdevm", "updates/dkms/mlxdevm.ko",
        "openvswitch", "kernel/net/openvswitch/openvswitch.ko", "bonding", "kernel/drivers/net/bonding/bonding.ko", "8021q",
        "kernel/net/8021q/8021q.ko");

    /// Where this machine has the module. Without the driver of NVIDIA the kernel's own stands elsewhere.
    private static Optional<String> file(SimMachine machine, String module) {
        if (module.equals("tls") && !machine.offersTls()) return Optional.empty();
        return Optional.ofNullable(MODULES.get(module)).map(path -> machine.image().outOfTree() ? path
            : path.replace("updates/dkms/", module.equals("mlx5_ib") ? "kernel/drivers/infiniband/hw/mlx5/"
            : "kernel/drivers/net/ethernet/mellanox/mlx5/core/"));
    }

    static Map<String, Tool> all() {
        return Map.of("lsmod", KernelTools::lsmod, "modprobe", KernelTools::modprobe, "modinfo", KernelTools::modinfo,
            "systemctl", Systemctl::run, "ofed_info", KernelTools::driver);
    }

    private static int lsmod(ProgramCall call) {
        call.line("Module                  Size  Used by");
        call.machine().modules().stream().sorted().forEach(module -> call.line("%-19s %8d  0".formatted(module, 151_552)));
        return 0;
    }

    private static int modprobe(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "rqnv", List.of("remove", "quiet"), true);
        if (options.strange().isPresent()) return call.unknown("option " + options.strange().get());
        SimMachine machine = call.machine();
        for (String written : options.rest()) {
            String module = written.replace('-', '_');
            if (file(machine, module).isEmpty())
                return call.fail(1, "modprobe: FATAL: Module " + written + " not found in directory /lib/modules/" + machine.image()
                    .kernel());
            boolean remove = options.has("r") || options.has("remove");
            if (remove && !machine.modules().contains(module))
                return call.fail(1, "modprobe: FATAL: Module " + written + " is not currently loaded.");
            if (!remove && machine.modules().contains(module)) continue;
            if (!call.user().isRoot()) return call.fail(1, "modprobe: ERROR: could not insert '" + module + "': Operation not permitted");
            if (remove) machine.modules().remove(module);
            else machine.modules().add(module);
        }
        return 0;
    }

    private static int modinfo(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "F:", List.of("field="), true);
        Optional<String> field = options.value("F").or(() -> options.value("field"));
        if (options.strange().isPresent() || field.filter("filename"::equals).isEmpty())
            return call.unknown("only `modinfo -F filename MODULE`");
        int status = 0;
        for (String module : options.rest()) {
            Optional<String> file = file(call.machine(), module.replace('-', '_'));
            if (file.isEmpty()) status = call.fail(1, "modinfo: ERROR: Module " + module + " not found.");
            else call.line("/lib/modules/" + call.machine().image().kernel() + "/" + file.get());
        }
        return status;
    }

    private static int driver(ProgramCall call) {
        if (!call.arguments().equals(List.of("-s"))) return call.unknown("only `ofed_info -s`");
        if (!call.machine().image().outOfTree()) return call.fail(127, "sh: ofed_info: not found");
        call.line("MLNX_OFED_LINUX-24.10-0.7.0.0:");
        return 0;
    }
}
